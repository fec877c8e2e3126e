/** Sessions that lock a run's row while other sessions need it: a silent session is ended, a busy session may finish. */
import { setTimeout as sleep } from "node:timers/promises";
import { openQueue, type Queue } from "@pareidolia/jobs/queue";
import { claimRun } from "@pareidolia/persistence/lab/runs/claimRun";
import type { SilentWriter } from "@pareidolia/persistence/lab/runs/endSilentWriters";
import { pauseRun } from "@pareidolia/persistence/lab/runs/runControl";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { recoverOnce } from "@pareidolia/workers/recovery";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { inFull } from "../../support/extent/inFull.ts";
import { seedRun } from "../../support/runs.ts";

let testDatabase: TestDatabase;
let database: Database;
let queue: Queue;
let runId: string;
/** A session like a worker's, which has written the run's row and not committed. */
let holder: pg.Client;
let processId: number;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  queue = await openQueue({ url: testDatabase.url });
});
afterAll(async () => {
  await queue.close();
  await database.close();
  await testDatabase.drop();
});
beforeEach(async () => {
  runId = await seedRun(database);
  await database.transaction((transaction) => claimRun(transaction, { runId, workerId: "w", leaseSeconds: 10 }));
  holder = new pg.Client({ connectionString: testDatabase.url, idle_in_transaction_session_timeout: 60_000 });
  holder.on("error", () => undefined);
  await holder.connect();
  const { rows } = await holder.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  processId = rows[0]?.pid ?? 0;
  await holder.query("BEGIN");
  await holder.query("UPDATE runs SET generation = 7 WHERE id = $1", [runId]);
});
afterEach(() => holder.end().catch(() => undefined));

const readRun = () => database.connection.run.findUniqueOrThrow({ where: { id: runId } });
const pause = () => database.transaction((transaction) => pauseRun(transaction, { runId }));
const sessions = () => database.connection.$queryRaw<{ state: string }[]>`SELECT state FROM pg_stat_activity WHERE pid = ${processId}`;

/** Sends only the first message of a statement: the server waits for the next message, and counts this session as busy. */
function stopBetweenMessages(): void {
  const body = Buffer.from("\0SELECT 1\0\0\0");
  const head = Buffer.alloc(5);
  head.write("P");
  head.writeInt32BE(body.length + 4, 1);
  const { connection } = holder as unknown as { connection: { stream: { write(bytes: Buffer): void } } };
  connection.stream.write(Buffer.concat([head, body]));
}

describe("pausing a run whose row is locked", () => {
  it("ends a silent session, and takes effect", async () => {
    expect(await pause()).toMatchObject({ state: "RUNNING", control: "PAUSE" });
    expect(await sessions()).toEqual([]);
    expect(await readRun()).toMatchObject({ generation: -1, control: "PAUSE" });
  });

  it("also ends a session that falls silent during the wait", async () => {
    const busy = holder.query("SELECT pg_sleep(0.6)").catch(() => undefined);
    expect(await pause()).toMatchObject({ state: "RUNNING", control: "PAUSE" });
    await busy;
    expect(await sessions()).toEqual([]);
  });

  inFull("leaves a busy session alone and reports that the run is saving", async () => {
    const busy = holder.query("SELECT pg_sleep(6)");
    await expect(pause()).rejects.toMatchObject({ code: "UNAVAILABLE", message: expect.stringContaining("is saving a large checkpoint") });
    await busy;
    await holder.query("COMMIT");
    expect(await readRun()).toMatchObject({ generation: 7, control: "NONE" });
    expect(await pause()).toMatchObject({ control: "PAUSE" });
  });
});

describe("the clean-up of a run whose lease has expired and whose row is locked", () => {
  const alarms: SilentWriter[] = [];
  const cleanUp = () => recoverOnce({ database, queue, leaseSeconds: 1, onAlarm: (ended) => alarms.push(...ended) });
  beforeEach(async () => {
    alarms.length = 0;
    await holder.query("ROLLBACK");
    await database.connection.run.update({ where: { id: runId }, data: { leaseExpiresAt: new Date(0) } });
    await holder.query("BEGIN");
    await holder.query("UPDATE runs SET generation = 7 WHERE id = $1", [runId]);
  });

  it("ends a session that stopped between two messages, which the Postgres limit for idle transactions does not", async () => {
    await holder.query("SET idle_in_transaction_session_timeout = '300ms'");
    stopBetweenMessages();
    await sleep(1000);
    expect(await sessions()).toEqual([{ state: "active" }]);
    expect(await cleanUp()).toContain(runId);
    expect(alarms).toEqual([{ processId, silentSeconds: expect.any(Number) }]);
    expect(await readRun()).toMatchObject({ state: "QUEUED", generation: -1 });
  });

  inFull("neither waits for a busy session nor ends it", async () => {
    const busy = holder.query("SELECT pg_sleep(3)");
    await sleep(700);
    expect(await cleanUp()).not.toContain(runId);
    expect(alarms).toEqual([]);
    expect(await sessions()).toEqual([{ state: "active" }]);
    await busy;
    await holder.query("COMMIT");
    expect(await cleanUp()).toContain(runId);
  });
});
