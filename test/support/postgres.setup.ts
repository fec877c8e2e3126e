/** Starts one PostgreSQL server for a run of a vitest project. It imports no product code, as vitest cannot resolve sources this early. */
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
