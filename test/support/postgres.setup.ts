/** One PostgreSQL for a whole run of a vitest project. It loads nothing of the product: vitest resolves no sources this early. */
import type { TestProject } from "vitest/node";
import { startPostgresServer } from "./postgresServer.ts";

declare module "vitest" {
  export interface ProvidedContext {
    postgresUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgresServer();
  project.provide("postgresUrl", server.url);
  return () => server.stop();
}
