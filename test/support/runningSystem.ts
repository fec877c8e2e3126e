/** The database and object store of the system that browser tests run against, for rows that no page can write, such as votes of many people. */
import path from "node:path";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { readSessionSecret } from "../../apps/launcher/src/home/sessionSecret.ts";
import { findRunningPostgres } from "../../apps/launcher/src/postgres/embeddedPostgres.ts";

export interface RunningSystem {
  readonly database: Database;
  readonly objectStore: ObjectStore;
}

/** Closes the connection after `use`. */
export async function withRunningSystem<T>(use: (system: RunningSystem) => Promise<T>): Promise<T> {
  // As in playwright.config.ts.
  const home = process.env["PAREIDOLIA_E2E_HOME"] ?? path.resolve(import.meta.dirname, "../results/e2e-home");
  const url = findRunningPostgres(home);
  if (url === null) throw new Error(`No database runs in ${home}.`);
  const database = await openDatabase(url, { secret: await readSessionSecret(home, undefined) });
  try {
    return await use({ database, objectStore: openFolderStore({ folder: path.join(home, "objects") }) });
  } finally {
    await database.close();
  }
}
