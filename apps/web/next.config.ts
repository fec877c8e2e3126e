/** Next's configuration. src/proxy.ts rewrites the API's paths, such as /graphql and /images, at run time. */
import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";
import { compileOnLoad } from "./compileOnLoad.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  turbopack: { root: repository },
  // `npm run check` type-checks the web application; here the check would take a third of the build's time.
  typescript: { ignoreBuildErrors: true },
  // The cache makes a later build faster, but writing it takes a quarter of the first one's time, and CI builds a clean clone once.
  experimental: {
    turbopackFileSystemCacheForBuild: process.env["CI"] === undefined,
    // Without a connection, a navigation waits for it instead of leaving for the browser's error page.
    useOffline: true,
  },
  compiler: { runAfterProductionCompile: ({ distDir }) => compileOnLoad(distDir) },
  // Browsers request this icon when they show an image on its own.
  redirects: async () => [{ source: "/favicon.ico", destination: "/icon.svg", permanent: true }],
  // For the container image: a server with only the files that it needs.
  ...(process.env["PAREIDOLIA_WEB_OUTPUT"] === "standalone" ? { output: "standalone" as const, outputFileTracingRoot: repository } : {}),
};

export default config;
