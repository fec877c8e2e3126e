/** The audit log is append-only, and its verification names the first entry that was changed, removed or moved. */
import type { AuditActor } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { appendAuditEntry, beginAuditKey } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { verifyAuditLog, verifyAuditLogs } from "@pareidolia/persistence/access/audit/verifyAuditLog";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { withClient } from "../../support/postgresServer.ts";

const secret = "a secret for tests, long enough to be one";

let testDatabase: TestDatabase;
let database: Database;
/** Opened as by a version without a key. */
let withoutKey: Database;
beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url, { secret });
  withoutKey = await openDatabase(testDatabase.url);
});
afterEach(async () => {
  await database.close();
  await withoutKey.close();
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

async function append(workspaceId: string, count: number, by = database): Promise<void> {
  for (let i = 1; i <= count; i++)
    await by.transaction(({ connection }) => appendAuditEntry(connection, actor(workspaceId), change(`user_${i}`)));
}

/** Computes the chain again without the key, which is all that the database offers. */
const recompute = (first: number) => `
  DO $$ DECLARE entry record; previous text;
  BEGIN
    SELECT coalesce((SELECT hash FROM audit_entries WHERE sequence = ${first} - 1), '') INTO previous;
    FOR entry IN SELECT * FROM audit_entries WHERE sequence >= ${first} ORDER BY sequence LOOP
      UPDATE audit_entries SET previous_hash = previous,
        hash = encode(sha256(convert_to(previous || E'\\n' || entry.sequence || E'\\n' || entry.text, 'UTF8')), 'hex')
        WHERE sequence = entry.sequence RETURNING hash INTO previous;
    END LOOP;
  END $$`;
const promote = (sequence: number) => `UPDATE audit_entries SET text = replace(text, 'RESEARCHER', 'OWNER') WHERE sequence = ${sequence};`;

/** As someone with full access to the server would. */
const tamper = (sql: string) =>
  withClient(testDatabase.ownerUrl, async (client) => {
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
    "refuses %s, to the owner of the tables too",
    async (statement) => {
      await append("a", 1);
      await expect(database.connection.$executeRawUnsafe(statement)).rejects.toThrow("permission denied");
      await withClient(testDatabase.ownerUrl, (client) => expect(client.query(statement)).rejects.toThrow("append-only"));
    },
  );

  it.each([
    ["a changed text", promote(3), 3, "its text was changed, or it was written under another key (has PAREIDOLIA_SECRET changed?)"],
    ["a changed column", `UPDATE audit_entries SET user_id = 'eve' WHERE sequence = 4`, 4, "its column userId was changed"],
    ["a removed entry", `DELETE FROM audit_entries WHERE sequence = 2`, 2, "entry 2 is missing"],
    [
      "a changed hash",
      `UPDATE audit_entries SET hash = repeat('0', 64) WHERE sequence = 5`,
      5,
      expect.stringMatching(/^its text was changed/),
    ],
    [
      "a changed text with the hash that fits it",
      `UPDATE audit_entries SET text = replace(text, 'RESEARCHER', 'OWNER'),
        hash = encode(sha256(convert_to(previous_hash || E'\\n3\\n' || replace(text, 'RESEARCHER', 'OWNER'), 'UTF8')), 'hex') WHERE sequence = 3`,
      3,
      "its hash was computed without the key of the log",
    ],
    [
      "a changed text and a chain recomputed without the key",
      `${promote(3)} ${recompute(3)}`,
      3,
      "its hash was computed without the key of the log",
    ],
    ["a whole chain recomputed without the key", `${promote(3)} ${recompute(1)}`, 1, expect.stringMatching(/^no entry is under the key/)],
    [
      "removed entries and a chain recomputed without the key",
      `DELETE FROM audit_entries WHERE sequence IN (3, 4); UPDATE audit_entries SET sequence = sequence - 2 WHERE sequence > 4; ${recompute(3)}`,
      3,
      "its hash was computed without the key of the log",
    ],
  ])("names the first broken link: %s", async (_name, sql, sequence, reason) => {
    await append("a", 6);
    await tamper(sql);
    expect((await verifyAuditLog(database.connection, "a")).broken).toEqual({ sequence, reason });
  });

  it("refuses to continue a log under a key without the key", async () => {
    await append("a", 1);
    await expect(append("a", 1, withoutKey)).rejects.toThrow("PAREIDOLIA_SECRET");
  });

  it("says that entries under another key may be unchanged", async () => {
    await append("a", 2);
    const other = await openDatabase(testDatabase.url, { secret: "b".repeat(32) });
    try {
      expect((await verifyAuditLog(other.connection, "a")).broken?.reason).toContain("has PAREIDOLIA_SECRET changed?");
    } finally {
      await other.close();
    }
  });
});

describe("a log that began without a key", () => {
  const begun = async () => {
    await append("a", 4, withoutKey);
    await append("b", 2, withoutKey);
    await beginAuditKey(database);
    await append("a", 2);
  };

  it("stays intact, and the key begins with an entry of its own", async () => {
    await begun();
    // A second start.
    await beginAuditKey(database);
    expect(await verifyAuditLogs(database.connection)).toMatchObject([
      { workspaceId: "a", entries: 7, broken: null },
      { workspaceId: "b", entries: 3, broken: null },
    ]);
    const entries = await database.connection.auditEntry.findMany({ where: { action: "auditLog:key" }, orderBy: { workspaceId: "asc" } });
    expect(entries.map(({ sequence, text }) => [sequence, JSON.parse(text).after])).toEqual([
      [5, { entriesWithoutKey: 4 }],
      [3, { entriesWithoutKey: 2 }],
    ]);
  });

  it("begins the key before the first entry of a process that has it", async () => {
    await append("a", 2, withoutKey);
    await append("a", 1);
    expect(await verifyAuditLog(database.connection, "a")).toMatchObject({ entries: 4, broken: null });
  });

  it("is verified in parts, whichever side of the key they begin on", async () => {
    await begun();
    let state = await verifyAuditLog(database.connection, "a", { most: 3 });
    const ends: number[] = [];
    for (; !state.isComplete; state = await verifyAuditLog(database.connection, "a", { after: state.last, most: 3 }))
      ends.push(state.entries);
    expect({ ends, entries: state.entries, broken: state.broken }).toEqual({ ends: [3, 6], entries: 7, broken: null });
  });

  it.each([
    ["a changed entry without a key, and all of these recomputed", `${promote(2)} ${recompute(2)}`, 1, "no entry is under the key"],
    [
      "a changed entry without a key, recomputed up to the key",
      `${promote(2)} CREATE TEMP TABLE later AS SELECT * FROM audit_entries WHERE sequence > 4; DELETE FROM audit_entries WHERE sequence > 4;
        ${recompute(2)}; INSERT INTO audit_entries SELECT * FROM later`,
      5,
      "it does not follow from the entry before it",
    ],
    ["the first entry under the key removed", "DELETE FROM audit_entries WHERE sequence = 5", 5, "entry 5 is missing"],
  ])("names the first broken link: %s", async (_name, sql, sequence, reason) => {
    await begun();
    await tamper(`DELETE FROM audit_entries WHERE workspace_id = 'b'; ${sql}`);
    expect((await verifyAuditLog(database.connection, "a")).broken).toMatchObject({ sequence, reason: expect.stringContaining(reason) });
  });
});
