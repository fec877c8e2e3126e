/** The engine that a worker's process reports, before and after it has opened a network. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { readListedModels } from "@pareidolia/classifiers/zoo/readListedModels";
import { openQueue, type Queue } from "@pareidolia/jobs/queue";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { seedRun } from "../../support/runs.ts";
import { sharedCacheFolder } from "../../support/sharedCache.ts";
import { type WorkerProcesses, workerProcesses } from "../../support/workerProcess.ts";

const { models } = await readListedModels({ cacheFolder: sharedCacheFolder() });
const lenet = models.find((model) => model.id === "lenet");

let testDatabase: TestDatabase;
let database: Database;
let queue: Queue;
let home: string;
let workers: WorkerProcesses;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  queue = await openQueue({ url: testDatabase.url });
  home = await mkdtemp(path.join(tmpdir(), "pareidolia-engine-"));
  workers = workerProcesses({ databaseUrl: testDatabase.url, home });
});
afterAll(async () => {
  workers.killAll();
  await queue.close();
  await database.close();
  await testDatabase.drop();
  await rm(home, { recursive: true });
});

it("a worker reports the chosen engine, and then the version and device that computed a run", async () => {
  if (lenet === undefined) throw new Error("The zoo is empty.");
  const { child, ended } = workers.start({ PAREIDOLIA_ENGINE: "tfjs-wasm" });
  const readEngine = async () => (await database.connection.worker.findFirst())?.engine;
  await expect.poll(readEngine, { timeout: 60_000 }).toBe("tfjs on WebAssembly");
  const runId = await seedRun(database, { model: lenet, generations: 2, offspring: 10 }, queue);
  const readRun = () => database.connection.run.findUniqueOrThrow({ where: { id: runId } });
  await expect.poll(async () => (await readRun()).state, { timeout: 60_000 }).toBe("SUCCEEDED");
  const { engines } = (await readRun()).manifest as { engines: string[] };
  expect(engines).toEqual([expect.stringMatching(/^tfjs [\d.]+ wasm, /)]);
  expect(await readEngine()).toBe(engines[0]);
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
});

it("a worker exits with code 2 if the chosen engine does not exist", async () => {
  const { child, ended } = workers.start({ PAREIDOLIA_ENGINE: "abacus" });
  expect(await ended).toBe(2);
  expect(child.exitCode).toBe(2);
});
