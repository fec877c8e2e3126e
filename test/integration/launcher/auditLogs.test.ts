/**
 * `npm run audit` verifies the log of each workspace, compares it with its kept head and names the first broken link. Compiled packages are
 * required, as for the command.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { keepHeads } from "@pareidolia/persistence/access/audit/auditHeads";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { writeLongAuditLog } from "../../support/longAuditLog.ts";
import { withClient } from "../../support/postgresServer.ts";

const script = fileURLToPath(new URL("../../../apps/launcher/src/audit/verifyLogs.ts", import.meta.url));

const secret = "a secret for tests, long enough to be one";

let testDatabase: TestDatabase;
let database: Database;
let home: string;
beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url, { secret });
  home = mkdtempSync(path.join(tmpdir(), "pareidolia-audit-logs-"));
});
afterEach(async () => {
  await database.close();
  await testDatabase.drop();
  await rm(home, { recursive: true });
});

function run(...args: readonly string[]): unknown {
  const flags = ["--disable-warning=ExperimentalWarning", script, ...args];
  const env = { ...process.env, DATABASE_URL: testDatabase.url, PAREIDOLIA_SECRET: secret, PAREIDOLIA_HOME: home };
  return JSON.parse(execFileSync(process.execPath, flags, { env, encoding: "utf8" }));
}

it("each workspace's log has a row, which names the first broken link", async () => {
  await writeLongAuditLog(database, "first", 5);
  await writeLongAuditLog(database, "second", 5);
  expect(run()).toMatchObject([
    { row: "audit log of first, broken links", figure: 0, holds: true },
    { row: "audit log of second, broken links", figure: 0, holds: true },
  ]);
  await keepHeads(database, testDatabase.url, openFolderStore({ folder: path.join(home, "objects") }));
  await withClient(testDatabase.ownerUrl, async (client) => {
    await client.query("SET session_replication_role = replica");
    await client.query("DELETE FROM audit_entries WHERE workspace_id = 'second' AND sequence = 3");
    await client.query("DELETE FROM audit_entries WHERE workspace_id = 'first' AND sequence > 3");
  });
  expect(run()).toMatchObject([
    { figure: 1, holds: false, detail: [expect.stringContaining("the first broken link is entry 4: entries 4 to 5 are missing")] },
    { figure: 1, holds: false, detail: [expect.stringContaining("the first broken link is entry 3: entry 3 is missing")] },
  ]);
});

it("heads that were changed have a row of their own", async () => {
  await writeLongAuditLog(database, "first", 2);
  await openFolderStore({ folder: path.join(home, "objects") }).replaceAuditHeads("{}");
  expect(run()).toMatchObject([{ row: "heads of audit logs with a wrong signature", figure: 1, holds: false }, { holds: true }]);
});

it("the head of each log is printed, and a noted one is looked up", async () => {
  await writeLongAuditLog(database, "first", 5);
  const [head] = run("--head") as { workspaceId: string; sequence: number; hash: string }[];
  const stored = await database.connection.auditEntry.findFirstOrThrow({ where: { sequence: 5 } });
  expect(head).toEqual({ workspaceId: "first", sequence: 5, at: stored.at.toISOString(), hash: stored.hash });
  const noted = `5:${stored.hash}`;
  expect(run("--noted", noted)).toMatchObject([{ holds: true }, { row: "noted heads that no audit log has", figure: 0, holds: true }]);
  expect(run("--noted", `5:${"0".repeat(64)}`)).toMatchObject([{ holds: true }, { figure: 1, holds: false }]);
});
