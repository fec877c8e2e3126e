/**
 * A worker's process is killed at three seeded moments of an evolution and of a search, and stopped past its lease once. Each time
 * another worker resumes from the last checkpoint, and the run produces the same bytes as an uninterrupted run.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { readListedModels } from "@pareidolia/classifiers/zoo/readListedModels";
import { Purpose, Random } from "@pareidolia/core/random";
import { openQueue, type Queue } from "@pareidolia/jobs/queue";
import { readHashChain } from "@pareidolia/persistence/lab/hashChains/readHashChain";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { imageKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { inFull } from "../support/extent/inFull.ts";
import { seedAscent } from "../support/queuedRuns.ts";
import { seedRun } from "../support/runs.ts";
import { sharedCacheFolder } from "../support/sharedCache.ts";
import { openRunWatch, type RunWatch } from "../support/watchRun.ts";
import { type WorkerProcess, type WorkerProcesses, workerProcesses } from "../support/workerProcess.ts";

const { models } = await readListedModels({ cacheFolder: sharedCacheFolder() });
const lenet = models.find((model) => model.id === "lenet");
const generations = 120;

let testDatabase: TestDatabase;
let database: Database;
let queue: Queue;
let home: string;
let workers: WorkerProcesses;
let watch: RunWatch;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  queue = await openQueue({ url: testDatabase.url });
  watch = await openRunWatch(testDatabase.url);
  home = await mkdtemp(path.join(tmpdir(), "pareidolia-kill-"));
  workers = workerProcesses({ databaseUrl: testDatabase.url, home });
});
afterAll(async () => {
  workers.killAll();
  await watch.close();
  await queue.close();
  await database.close();
  await testDatabase.drop();
  await rm(home, { recursive: true });
});

const readChain = async (runId: string) => (await readHashChain(database.connection, { runId, from: 0 })).map(({ hash }) => hash);
const readRun = (id: string) => database.connection.run.findUniqueOrThrow({ where: { id } });
const start = (seed: number) => {
  if (lenet === undefined) throw new Error("The zoo is empty.");
  return seedRun(database, { model: lenet, seed, generations, offspring: 100 }, queue);
};

/** Four digits and six configurations of 50 to 100 iterations; the last takes longer, so that fast machines do not finish before a kill. */
const startSearch = () => {
  if (lenet === undefined) throw new Error("The zoo is empty.");
  const search = [0, 0.01, 0.1, 0.2, 0.3, 0.001].map((decay, i) => ({ decay, iterations: i === 5 ? 350 : 50 + 25 * (i % 3) }));
  const parameters = { updateRule: "progress" };
  return seedAscent(database, { model: lenet, seed: 11, classes: [0, 3, 5, 8], starts: 1, search, parameters }, queue);
};

/** The only worker of the moment. It also takes the next run, unless it was killed or stopped: then a new one starts. */
let current: WorkerProcess | null = null;
const worker = (): WorkerProcess => {
  current ??= workers.start();
  return current;
};

/** Kills the worker with its run unfinished. */
async function kill(runId: string): Promise<void> {
  const { child, ended } = worker();
  current = null;
  child.kill("SIGKILL");
  await ended;
  expect((await readRun(runId)).state).toBe("RUNNING");
}

async function stop({ child, ended }: WorkerProcess): Promise<void> {
  current = null;
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
}

async function expectComplete(runId: string): Promise<void> {
  const rows = await database.connection.generation.findMany({ where: { runId }, orderBy: { generation: "asc" } });
  expect(rows.map(({ generation }) => generation)).toEqual(Array.from({ length: generations + 1 }, (_, i) => i));
  expect(await database.connection.elite.count({ where: { runId, replacedAt: null } })).toBe(10);
  const store = openFolderStore({ folder: path.join(home, "objects") });
  for (const { imageSha256 } of await database.connection.genome.findMany({ where: { runId } }))
    expect(await store.has(imageKey(imageSha256))).toBe(true);
}

describe("a worker that is killed or stopped", () => {
  let uninterruptedHash: string | null;
  let uninterruptedChain: readonly string[];
  beforeAll(async () => {
    worker();
    const reference = await start(11);
    await watch.waitForEnd(reference);
    const { state, archiveHash } = await readRun(reference);
    if (state !== "SUCCEEDED") throw new Error(`The uninterrupted run ended as ${state}.`);
    uninterruptedHash = archiveHash;
    uninterruptedChain = await readChain(reference);
  }, 300_000);

  it("leaves a run that produces an uninterrupted run's archive after three SIGKILLs", { timeout: 900_000 }, async () => {
    expect(uninterruptedChain.length).toBe(generations + 1);
    const random = new Random({ seed: 11, generation: 0, index: 0, purpose: Purpose.NOISE });
    const runId = await start(11);
    for (const third of [0, 1, 2]) {
      const moment = Math.floor(((third + random.uniform()) * (generations - 40)) / 3);
      worker();
      await watch.waitFor(runId, ({ generation, state }) => generation >= moment && state === "RUNNING");
      await kill(runId);
    }
    worker();
    await watch.waitForEnd(runId);
    expect(await readRun(runId)).toMatchObject({ state: "SUCCEEDED", archiveHash: uninterruptedHash });
    expect(await readChain(runId)).toEqual(uninterruptedChain);
    await expectComplete(runId);
  });

  inFull("leaves a search that produces an uninterrupted search's trajectories after three SIGKILLs", { timeout: 900_000 }, async () => {
    worker();
    const reference = await startSearch();
    await watch.waitForEnd(reference);
    const whole = await readRun(reference);
    expect(whole.state).toBe("SUCCEEDED");

    const random = new Random({ seed: 12, generation: 0, index: 0, purpose: Purpose.NOISE });
    const runId = await startSearch();
    for (const third of [0, 1, 2]) {
      const moment = 0.2 * (third + 0.2 + 0.6 * random.uniform()) * whole.evaluations;
      worker();
      await watch.waitFor(runId, ({ evaluations, state }) => evaluations >= moment && state === "RUNNING");
      await kill(runId);
    }
    worker();
    await watch.waitForEnd(runId);
    const { state, archiveHash, evaluations } = await readRun(runId);
    expect({ state, archiveHash, evaluations }).toEqual({
      state: "SUCCEEDED",
      archiveHash: whole.archiveHash,
      evaluations: whole.evaluations,
    });
    expect(await database.connection.trajectory.count({ where: { runId, ended: true } })).toBe(6 * 4);
    const chain = await readChain(runId);
    expect(chain.length).toBe(6 * 4);
    expect(chain).toEqual(await readChain(reference));
  });

  inFull("writes nothing when it continues after another worker has its lease", { timeout: 900_000 }, async () => {
    const runId = await start(11);
    const stopped = worker();
    await watch.waitFor(runId, ({ generation }) => generation >= 20);
    stopped.child.kill("SIGSTOP");
    current = null;
    const successor = worker();
    const { workerId: before } = await readRun(runId);
    await watch.waitFor(runId, ({ workerId, generation }) => workerId !== before && generation >= 40);
    stopped.child.kill("SIGCONT");
    await watch.waitForEnd(runId);
    for (const each of [stopped, successor]) await stop(each);
    const { workerId: after, state, archiveHash } = await readRun(runId);
    expect({ state, archiveHash }).toEqual({ state: "SUCCEEDED", archiveHash: uninterruptedHash });
    expect(await readChain(runId)).toEqual(uninterruptedChain);
    expect(after).not.toBe(before);
    await expectComplete(runId);
  });
});
