/** Next's configuration. Where /graphql, /images, /graphiql and /healthz go is decided at run time, in src/proxy.ts. */
import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";

const repository = fileURLToPath(new URL("../..", import.meta.url));

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  turbopack: { root: repository },
  // `npm run check` type-checks the web application; here it would take a third of the build's time.
  typescript: { ignoreBuildErrors: true },
  // A browser that shows an image by itself asks for this icon.
  redirects: async () => [{ source: "/favicon.ico", destination: "/icon.svg", permanent: true }],
  // A server with only the files it needs, for the container image.
  ...(process.env["PAREIDOLIA_WEB_OUTPUT"] === "standalone" ? { output: "standalone" as const, outputFileTracingRoot: repository } : {}),
};

export default config;
