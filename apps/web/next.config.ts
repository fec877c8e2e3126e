/** Next's configuration. Where /graphql, /images, /graphiql and /healthz go is decided at run time, in src/proxy.ts. */
import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  turbopack: { root: fileURLToPath(new URL("../..", import.meta.url)) },
};

export default config;
