/**
 * Verifies the audit log of every workspace in the database at DATABASE_URL and writes a row for each to standard output, as one JSON
 * array. Runs in its own process, since it imports the compiled packages.
 */
import { verifyAuditLogs } from "@pareidolia/persistence/audit/verifyAuditLog";
import { openDatabase } from "@pareidolia/persistence/database/database";
import { runEntry } from "../runEntry.ts";
import type { AuditRow } from "./rows.ts";

await runEntry(async () => {
  const database = await openDatabase(process.env["DATABASE_URL"] ?? "", { secret: process.env["PAREIDOLIA_SECRET"] });
  try {
    const states = await verifyAuditLogs(database.connection);
    const rows = states.map(({ workspaceId, entries, last, broken }): AuditRow => {
      const found =
        broken === null
          ? `${entries} entries are intact${entries === 0 ? "" : `; the latest is ${last.sequence}:${last.hash}`}`
          : `the first broken link is entry ${broken.sequence}: ${broken.reason}; the ${entries} entries before it are intact`;
      return {
        row: `audit log of ${workspaceId}, broken links`,
        figure: broken === null ? 0 : 1,
        bar: "0",
        holds: broken === null,
        detail: [found],
      };
    });
    process.stdout.write(`${JSON.stringify(rows)}\n`);
    return 0;
  } finally {
    await database.close();
  }
});
