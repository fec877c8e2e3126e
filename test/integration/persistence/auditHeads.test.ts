/** Heads of audit logs are kept outside of the database, so that a log that was cut is noticed even if what is left of it is intact. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startHeadKeeper } from "@pareidolia/api/auditEntry/headKeeper";
import { keepHeads, readKeptHeads } from "@pareidolia/persistence/access/audit/auditHeads";
import { verifyAuditLog, verifyAuditLogs } from "@pareidolia/persistence/access/audit/verifyAuditLog";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { writeLongAuditLog } from "../../support/longAuditLog.ts";
import { withClient } from "../../support/postgresServer.ts";

const secret = "a secret for tests, long enough to be one";

let testDatabase: TestDatabase;
let database: Database;
let folder: string;
let store: ObjectStore;
beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url, { secret });
  folder = mkdtempSync(path.join(tmpdir(), "pareidolia-heads-"));
  store = openFolderStore({ folder });
});
afterEach(async () => {
  await database.close();
  await testDatabase.drop();
  await rm(folder, { recursive: true });
});

const keep = () => keepHeads(database, testDatabase.url, store);
const heads = () => readKeptHeads(database.connection, store);
const verify = async () => (await verifyAuditLog(database.connection, "a", { head: (await heads()).get("a") })).broken;
/** As someone with full access to the database would. */
const tamper = (sql: string) =>
  withClient(testDatabase.ownerUrl, async (client) => {
    await client.query("SET session_replication_role = replica");
    await client.query(sql);
  });

describe("the kept heads", () => {
  it("are those of all logs, and follow them", async () => {
    await writeLongAuditLog(database, "a", 140);
    await writeLongAuditLog(database, "b", 3);
    expect((await keep())?.faulty).toEqual([]);
    await writeLongAuditLog(database, "a", 1);
    await keep();
    const latest = await database.connection.auditEntry.findFirst({ where: { workspaceId: "a" }, orderBy: { sequence: "desc" } });
    expect([...(await heads()).values()]).toEqual([
      { workspaceId: "a", sequence: 141, at: latest?.at.toISOString(), hash: latest?.hash },
      expect.objectContaining({ workspaceId: "b", sequence: 3 }),
    ]);
    expect(await verifyAuditLogs(database.connection, await heads())).toMatchObject([{ broken: null }, { broken: null }]);
  });

  it("show that the last ten entries of 140 are missing", async () => {
    await writeLongAuditLog(database, "a", 140);
    await keep();
    await tamper("DELETE FROM audit_entries WHERE sequence > 130");
    expect((await verifyAuditLog(database.connection, "a")).broken).toBeNull();
    expect(await verify()).toEqual({
      sequence: 131,
      reason: expect.stringMatching(/^entries 131 to 140 are missing: the head .* is entry 140/),
    });
  });

  it("leave ten entries that are missing in the middle to the chain", async () => {
    await writeLongAuditLog(database, "a", 140);
    await keep();
    await tamper("DELETE FROM audit_entries WHERE sequence BETWEEN 61 AND 70");
    expect(await verify()).toEqual({ sequence: 61, reason: "entry 61 is missing" });
  });

  it("stay while a log does not contain them, even if it grows beyond them", async () => {
    await writeLongAuditLog(database, "a", 20);
    await keep();
    await tamper("DELETE FROM audit_entries WHERE sequence > 10");
    await writeLongAuditLog(database, "a", 15);
    expect((await verifyAuditLog(database.connection, "a")).broken).toBeNull();
    expect((await keep())?.faulty).toEqual(["a"]);
    expect((await heads()).get("a")?.sequence).toBe(20);
    expect(await verify()).toEqual({
      sequence: 20,
      reason: expect.stringContaining("entries were removed and new ones took their numbers"),
    });
  });

  it("show that a whole log is missing", async () => {
    await writeLongAuditLog(database, "a", 3);
    await keep();
    await tamper("DELETE FROM audit_entries");
    expect((await keep())?.faulty).toEqual(["a"]);
    expect(await verifyAuditLogs(database.connection, await heads())).toMatchObject([
      { workspaceId: "a", entries: 0, broken: { sequence: 1, reason: expect.stringContaining("entries 1 to 3 are missing") } },
    ]);
  });

  it.each([
    ["another number", (text: string) => text.replace('"sequence":3', '"sequence":2')],
    ["without a log", (text: string) => text.replace(/\{"workspaceId":"a"[^}]*\},/, "")],
    ["not JSON", () => "{"],
  ])("are refused when the file was changed: %s", async (_name, change) => {
    await writeLongAuditLog(database, "a", 3);
    await writeLongAuditLog(database, "b", 3);
    await keep();
    const file = path.join(folder, "audit-heads");
    const text = readFileSync(file, "utf8");
    expect(change(text)).not.toBe(text);
    writeFileSync(file, change(text));
    await expect(heads()).rejects.toThrow("The file audit-heads");
    await writeLongAuditLog(database, "a", 3);
    await expect(keep()).rejects.toMatchObject({ code: "CORRUPT_DATA" });
    expect(readFileSync(file, "utf8")).toBe(change(text));
  });
});

describe("the keeper of heads", () => {
  const start = (milliseconds: number) =>
    startHeadKeeper({ url: testDatabase.url, database, objectStore: store, logger: pino({ level: "silent" }), milliseconds });

  it("covers new entries within its pause, and the last ones when it ends", async () => {
    await writeLongAuditLog(database, "a", 2);
    const stop = start(50);
    await expect.poll(async () => (await heads()).get("a")?.sequence).toBe(2);
    await writeLongAuditLog(database, "a", 2);
    await expect.poll(async () => (await heads()).get("a")?.sequence).toBe(4);
    await stop();
    const stopSlow = start(3_600_000);
    await writeLongAuditLog(database, "b", 1);
    await stopSlow();
    expect((await heads()).get("b")?.sequence).toBe(1);
  });
});
