/** The database of a command that works on an existing system, whether it is running or stopped. */
import { existsSync } from "node:fs";
import path from "node:path";
import { openLog } from "../processes/log.ts";
import type { Supervisor } from "../processes/supervisor.ts";
import type { Settings } from "../settings.ts";
import { findRunningPostgres, prepareEmbeddedPostgres } from "./embeddedPostgres.ts";

/** The URL of the configured or running database; otherwise starts the embedded one. Null if the data folder has none yet. */
export async function findDatabase({ databaseUrl, home }: Settings, supervisor: Supervisor): Promise<string | null> {
  const existing = databaseUrl ?? findRunningPostgres(home);
  if (existing !== null) return existing;
  if (!existsSync(path.join(home, "postgres"))) return null;
  const log = openLog(path.join(home, "logs"), "postgres", () => undefined);
  const { url, service } = await prepareEmbeddedPostgres(home, log);
  await supervisor.start(service);
  return url;
}
