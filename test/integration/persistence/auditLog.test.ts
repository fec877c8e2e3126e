/** The audit log is append-only, and its verification names the first entry that was changed, removed or moved. */
import type { AuditActor } from "@pareidolia/persistence/audit/appendAuditEntry";
import { appendAuditEntry } from "@pareidolia/persistence/audit/appendAuditEntry";
import { verifyAuditLog, verifyAuditLogs } from "@pareidolia/persistence/audit/verifyAuditLog";
import { type Database, openDatabase } from "@pareidolia/persistence/database/database";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { withClient } from "../../support/postgresServer.ts";

let testDatabase: TestDatabase;
let database: Database;
beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
});
afterEach(async () => {
  await database.close();
  await testDatabase.drop();
});

const actor = (workspaceId: string): AuditActor => ({ userId: "ada", workspaceId, clientAddress: "127.0.0.1" });
const change = (subjectId: string) => ({
  action: "member:changeRole",
  subjectType: "User",
  subjectId,
  before: { role: "VIEWER" },
  after: { role: "RESEARCHER" },
});

async function append(workspaceId: string, count: number): Promise<void> {
  for (let i = 1; i <= count; i++)
    await database.transaction(({ connection }) => appendAuditEntry(connection, actor(workspaceId), change(`user_${i}`)));
}

/** As someone with full access to the server would. */
const tamper = (sql: string) =>
  withClient(testDatabase.url, async (client) => {
    await client.query("SET session_replication_role = replica");
    await client.query(sql);
  });

describe("the audit log", () => {
  it("is intact after entries of several workspaces, appended at the same time", async () => {
    await Promise.all([append("a", 5), append("a", 5), append("b", 3)]);
    expect(await verifyAuditLogs(database.connection)).toMatchObject([
      { workspaceId: "a", entries: 10, broken: null },
      { workspaceId: "b", entries: 3, broken: null },
    ]);
  });

  it("keeps no entry of a change that was rolled back", async () => {
    const failing = database.transaction(async ({ connection }) => {
      await appendAuditEntry(connection, actor("a"), change("user_1"));
      throw new Error("The change failed.");
    });
    await expect(failing).rejects.toThrow("The change failed.");
    expect(await database.connection.auditEntry.count()).toBe(0);
  });

  it.each(["UPDATE audit_entries SET action = 'x'", "DELETE FROM audit_entries", "TRUNCATE audit_entries"])(
    "refuses %s",
    async (statement) => {
      await append("a", 1);
      await expect(database.connection.$executeRawUnsafe(statement)).rejects.toThrow("append-only");
    },
  );

  it.each([
    [
      "a changed text",
      `UPDATE audit_entries SET text = replace(text, 'RESEARCHER', 'OWNER') WHERE sequence = 3`,
      3,
      "its text was changed",
    ],
    ["a changed column", `UPDATE audit_entries SET user_id = 'eve' WHERE sequence = 4`, 4, "its column userId was changed"],
    ["a removed entry", `DELETE FROM audit_entries WHERE sequence = 2`, 2, "entry 2 is missing"],
    ["a changed hash", `UPDATE audit_entries SET hash = repeat('0', 64) WHERE sequence = 5`, 5, "its text was changed"],
    [
      "a changed text with the hash that fits it",
      `UPDATE audit_entries SET text = replace(text, 'RESEARCHER', 'OWNER'),
        hash = encode(sha256(convert_to(previous_hash || E'\\n3\\n' || replace(text, 'RESEARCHER', 'OWNER'), 'UTF8')), 'hex') WHERE sequence = 3`,
      4,
      "it does not follow from the entry before it",
    ],
  ])("names the first broken link: %s", async (_name, sql, sequence, reason) => {
    await append("a", 6);
    await tamper(sql);
    expect((await verifyAuditLog(database.connection, "a")).broken).toEqual({ sequence, reason });
  });
});
