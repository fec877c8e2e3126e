/**
 * Prints the one-time link that creates the first owner, or nothing if an owner can sign in already. Every link replaces the one before it
 * and works for an hour. Runs in its own process, since it imports the compiled packages.
 */

import { issueOwnerLink } from "@pareidolia/persistence/access/accounts/ownerLink";
import { openDatabase } from "@pareidolia/persistence/server/database/database";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { runEntry } from "./runEntry.ts";
import { readSettings } from "./settings.ts";

await runEntry(async () => {
  const { url } = readSettings(process.env);
  const database = await openDatabase(process.env["DATABASE_URL"] ?? "");
  try {
    const token = await issueOwnerLink(database.connection, localWorkspaceId);
    if (token !== null) console.log(`${url}/first/${token}`);
  } finally {
    await database.close();
  }
  return 0;
});
