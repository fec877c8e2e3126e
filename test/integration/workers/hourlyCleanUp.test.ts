/** A worker's hourly clean-up and `npm run store -- clean-up`, with the real queue and a folder. */
import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { openQueue, type Queue } from "@pareidolia/jobs/queue";
import { adoptStore, proveSharedStore } from "@pareidolia/persistence/lab/images/sharedStore";
import { listCleanUps } from "@pareidolia/persistence/server/cleanUps/cleanUpResults";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { fileKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { cleanUpStore } from "@pareidolia/workers/cleanUps/cleanUpStore";
import { finishedJobs } from "@pareidolia/workers/cleanUps/finishedJobs";
import { allCleanUps } from "@pareidolia/workers/cleanUps/registry";
import { cleanUpOnce, startHourlyCleanUp } from "@pareidolia/workers/hourlyCleanUp";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { workerProgram } from "../../support/programs.ts";

let testDatabase: TestDatabase;
let database: Database;
let queue: Queue;
let folder: string;
const signal = new AbortController().signal;

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  queue = await openQueue({ url: testDatabase.url });
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-clean-up-"));
});
afterEach(async () => {
  await queue.close();
  await database.close();
  await testDatabase.drop();
  await rm(folder, { recursive: true });
});

const open = () => openFolderStore({ folder: objects() });
const objects = () => path.join(folder, "objects");

/** The process that `npm run store` starts. */
function runCommand(...args: readonly string[]): Promise<{ stdout: string }> {
  return promisify(execFile)(process.execPath, [...workerProgram("storeCommand"), ...args], {
    env: { PATH: process.env["PATH"], DATABASE_URL: testDatabase.url, PAREIDOLIA_HOME: folder },
  });
}

async function addOldObject(): Promise<string> {
  const bytes = new Uint8Array(randomBytes(2048));
  const key = fileKey(createHash("sha256").update(bytes).digest("hex"));
  await open().put(key, bytes, { contentType: "application/octet-stream" });
  const time = new Date(Date.now() - 25 * 60 * 60 * 1000);
  await utimes(path.join(objects(), key), time, time);
  return key;
}

it("jobs that finished more than a day ago are removed; waiting, running and newer jobs are kept", async () => {
  const jobs = { created: 48, retry: 48, active: 48, completed: 25, cancelled: 25, failed: 25 };
  for (const [state, hours] of [...Object.entries(jobs), ["completed", 23]] as const) {
    await database.transaction(({ executor }) => queue.enqueue(executor, "carryOutRun", { runId: `${state}-${hours}` }));
    await database.connection.$executeRaw`
      UPDATE pareidolia_jobs.job SET state = ${state}::pareidolia_jobs.job_state, created_on = now() - interval '3 days',
        completed_on = now() - ${Number(hours)} * interval '1 hour' WHERE singleton_key = ${`${state}-${hours}`}`;
  }
  const context = { database, objectStore: open(), signal };
  const announced = await finishedJobs.cleanUp({ ...context, dryRun: true });
  expect(announced).toMatchObject({ removed: { count: 3 }, waiting: { count: 1 } });
  expect(await finishedJobs.cleanUp({ ...context, dryRun: false })).toEqual(announced);
  const left = await database.connection.$queryRaw<{ key: string }[]>`SELECT singleton_key AS key FROM pareidolia_jobs.job ORDER BY 1`;
  expect(left.map(({ key }) => key)).toEqual(["active-48", "completed-23", "created-48", "retry-48"]);
});

it("a worker cleans up every kind once an hour, and records what it removed", async () => {
  const key = await addOldObject();
  const objectStore = open();
  const sharedStore = await proveSharedStore(database.connection, objectStore);
  const errors: unknown[] = [];
  const options = { url: testDatabase.url, database, objectStore, sharedStore, onError: (error: unknown) => errors.push(error) };
  expect(await cleanUpOnce(options, signal)).toHaveLength(allCleanUps.length);
  expect(await objectStore.has(key)).toBe(false);
  const records = await listCleanUps(database.connection);
  expect(records).toHaveLength(allCleanUps.length);
  expect(records.find(({ kind }) => kind === "objects")).toMatchObject({ removedCount: 1, removedBytes: 2048 });
  expect(await cleanUpOnce(options, signal)).toEqual([]);
  await database.connection.$executeRaw`UPDATE clean_ups SET cleaned_at = now() - interval '61 minutes' WHERE kind = 'objects'`;
  expect(await cleanUpOnce(options, signal)).toMatchObject([{ kind: "objects" }]);
  expect(errors).toEqual([]);
});

it("a worker starts due clean-ups by itself, and stops when it is closed", async () => {
  const key = await addOldObject();
  const objectStore = open();
  const sharedStore = await proveSharedStore(database.connection, objectStore);
  const onError = (error: unknown): void => {
    throw error;
  };
  const hourly = startHourlyCleanUp({ url: testDatabase.url, database, objectStore, sharedStore, onError, secondsBetweenChecks: 0.05 });
  await expect.poll(async () => (await listCleanUps(database.connection)).length, { timeout: 20_000 }).toBe(allCleanUps.length);
  await hourly.close();
  expect(await objectStore.has(key)).toBe(false);
});

it("a worker removes nothing from a store that does not belong to its database", async () => {
  const key = await addOldObject();
  const objectStore = open();
  const sharedStore = await proveSharedStore(database.connection, objectStore);
  const other = path.join(folder, "other");
  await adoptStore(database.connection, openFolderStore({ folder: other }));
  await objectStore.writeMarker("of another installation", { replace: true });
  const options = { url: testDatabase.url, database, objectStore, sharedStore, onError: () => undefined };
  await expect(cleanUpOnce(options, signal)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(await objectStore.has(key)).toBe(true);
});

it("the command prints a line for each kind, removes nothing in a dry run, and then removes what it announced", async () => {
  const key = await addOldObject();
  const dry = (await runCommand("clean-up", "--dry-run")).stdout.trim().split("\n");
  expect(dry).toHaveLength(allCleanUps.length + 1);
  expect(dry[0]).toBe("Objects without a row: 1 (2 KB) to remove, 0 (0 B) kept for now");
  expect(dry.at(-1)).toContain("Nothing was removed.");
  expect(await open().has(key)).toBe(true);
  const real = (await runCommand("clean-up")).stdout.trim().split("\n");
  expect(real).toHaveLength(allCleanUps.length);
  expect(real[0]).toBe("Objects without a row: 1 (2 KB) removed, 0 (0 B) kept for now");
  expect(await open().has(key)).toBe(false);
});

it("the command refuses to run during another clean-up", async () => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  let start: () => void = () => undefined;
  const started = new Promise<void>((resolve) => (start = resolve));
  const cleanUp = { kind: "slow", title: "Slow", graceSeconds: 0 };
  const nothing = { count: 0, byteLength: 0 };
  const objectStore = open();
  const sharedStore = await proveSharedStore(database.connection, objectStore);
  const slow = {
    ...cleanUp,
    async cleanUp() {
      start();
      await held;
      return { removed: nothing, waiting: nothing };
    },
  };
  const options = { url: testDatabase.url, database, objectStore, sharedStore, onError: () => undefined, cleanUps: [slow] };
  const cleaning = cleanUpOnce(options, signal);
  await started;
  const refused = cleanUpStore({ url: testDatabase.url, database, objectStore, dryRun: false, print: () => undefined });
  await expect(refused).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("Try again in a minute") });
  release();
  await cleaning;
});
