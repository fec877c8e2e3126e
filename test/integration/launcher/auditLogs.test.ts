/** `npm run audit` verifies the log of each workspace and names the first broken link. Compiled packages are required, as for the command. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { openDatabase } from "@pareidolia/persistence/database/database";
import { expect, it } from "vitest";
import { createTestDatabase } from "../../support/database.ts";
import { writeLongAuditLog } from "../../support/longAuditLog.ts";

const script = fileURLToPath(new URL("../../../apps/launcher/src/audit/verifyLogs.ts", import.meta.url));

function verify(url: string): unknown {
  const flags = ["--disable-warning=ExperimentalWarning", script];
  return JSON.parse(execFileSync(process.execPath, flags, { env: { ...process.env, DATABASE_URL: url }, encoding: "utf8" }));
}

it("each workspace's log has a row, which names the first broken link", async () => {
  const { url, drop } = await createTestDatabase();
  const database = await openDatabase(url);
  try {
    await writeLongAuditLog(database, "first", 5);
    await writeLongAuditLog(database, "second", 5);
    expect(verify(url)).toMatchObject([
      { row: "audit log of first, broken links", figure: 0, holds: true },
      { row: "audit log of second, broken links", figure: 0, holds: true },
    ]);
    await database.connection.$executeRawUnsafe("ALTER TABLE audit_entries DISABLE TRIGGER USER");
    await database.connection.$executeRawUnsafe("DELETE FROM audit_entries WHERE workspace_id = 'second' AND sequence = 3");
    expect(verify(url)).toMatchObject([
      { holds: true },
      { figure: 1, holds: false, detail: [expect.stringContaining("the first broken link is entry 3: entry 3 is missing")] },
    ]);
  } finally {
    await database.close();
    await drop();
  }
});
