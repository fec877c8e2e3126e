/**
 * A worker's process is stopped (SIGSTOP) inside the transaction of its checkpoint, with its run's row locked. Another worker takes
 * the run over within two leases, users can pause it meanwhile, and the frozen worker's commit is refused when it continues.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { readListedModels } from "@pareidolia/classifiers/zoo/readListedModels";
import { openQueue, type Queue } from "@pareidolia/jobs/queue";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../support/api.ts";
import { inFull } from "../support/extent/inFull.ts";
import { withClient } from "../support/postgresServer.ts";
import { seedRun } from "../support/runs.ts";
import { sharedCacheFolder } from "../support/sharedCache.ts";
import { openRunWatch, type RunWatch } from "../support/watchRun.ts";
import { type WorkerProcess, type WorkerProcesses, workerProcesses } from "../support/workerProcess.ts";

const { models } = await readListedModels({ cacheFolder: sharedCacheFolder() });
const lenet = models.find((model) => model.id === "lenet");
const generations = 120;
const leaseSeconds = 5;

let api: TestApi;
let queue: Queue;
let home: string;
let workers: WorkerProcesses;
let watch: RunWatch;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "pareidolia-frozen-"));
  const objectStore = openFolderStore({ folder: path.join(home, "objects") });
  api = await startTestApi({ objectStore, answerWithinSeconds: 10 });
  queue = await openQueue({ url: api.databaseUrl });
  watch = await openRunWatch(api.databaseUrl);
  workers = workerProcesses({ databaseUrl: api.databaseUrl, home });
});
afterEach(() => workers.killAll());
afterAll(async () => {
  await watch.close();
  await queue.close();
  await api.close();
  await rm(home, { recursive: true });
});

const startWorker = () => workers.start({ PAREIDOLIA_LEASE_SECONDS: String(leaseSeconds) });
const readRun = (id: string) => api.database.connection.run.findUniqueOrThrow({ where: { id } });
const start = (seed: number) => {
  if (lenet === undefined) throw new Error("The zoo is empty.");
  return seedRun(api.database, { model: lenet, seed, generations, offspring: 100 }, queue);
};
const seconds = (since: number) => (performance.now() - since) / 1000;

/**
 * Stops the run's worker after its checkpoint has locked the run's row and before it commits: a lock on the table of statistics
 * blocks it in between, and is released once the worker's process is stopped.
 */
async function freezeInTransaction({ child }: WorkerProcess): Promise<void> {
  await withClient(api.databaseUrl, async (client) => {
    await client.query("BEGIN; LOCK TABLE generations IN ACCESS EXCLUSIVE MODE");
    const held = "SELECT count(*)::int AS count FROM pg_locks WHERE relation = 'generations'::regclass AND NOT granted";
    await expect.poll(async () => (await client.query<{ count: number }>(held)).rows[0]?.count, { timeout: 30_000, interval: 5 }).toBe(1);
    child.kill("SIGSTOP");
    await client.query("ROLLBACK");
  });
}

describe("a worker that is frozen inside its checkpoint's transaction", () => {
  it("loses its run to another worker within two leases, and writes nothing when it continues", { timeout: 400_000 }, async () => {
    // Both run before the run starts, so that it need not outlast the start of the second.
    const both = [startWorker(), startWorker()];
    await expect.poll(() => api.database.connection.worker.count(), { timeout: 30_000 }).toBe(2);
    const reference = await start(31);
    await watch.waitForEnd(reference);
    const { archiveHash, ...reached } = await readRun(reference);
    expect(reached.state).toBe("SUCCEEDED");

    const runId = await start(31);
    await watch.waitFor(runId, ({ generation }) => generation >= 20, 10);
    const { workerId: frozenWorker } = await readRun(runId);
    const { processId } = await api.database.connection.worker.findUniqueOrThrow({ where: { id: frozenWorker ?? "" } });
    const first = both.find(({ child }) => child.pid === processId);
    if (first === undefined) throw new Error(`No worker has process ${processId}.`);
    await freezeInTransaction(first);
    const frozenAt = performance.now();
    const { generation: frozen } = await readRun(runId);
    await watch.waitFor(runId, ({ workerId }) => workerId !== frozenWorker);
    const takenOver = seconds(frozenAt);
    process.stderr.write(`taken over ${takenOver.toFixed(1)} s after the freeze, with leases of ${leaseSeconds} s\n`);
    expect(takenOver).toBeLessThan(2 * leaseSeconds);

    await watch.waitFor(runId, ({ generation }) => generation > frozen + 20);
    first.child.kill("SIGCONT");
    await watch.waitForEnd(runId);
    const { state, archiveHash: hash, workerId } = await readRun(runId);
    expect({ state, hash }).toEqual({ state: "SUCCEEDED", hash: archiveHash });
    expect(workerId).not.toBe(frozenWorker);
    const rows = await api.database.connection.generation.findMany({ where: { runId }, orderBy: { generation: "asc" } });
    expect(rows.map(({ generation }) => generation)).toEqual(Array.from({ length: generations + 1 }, (_, i) => i));
    for (const { child, ended } of both) {
      child.kill("SIGTERM");
      expect(await ended).toBe(0);
    }
  });

  inFull("does not prevent users from pausing the run", { timeout: 200_000 }, async () => {
    const worker = startWorker();
    const runId = await start(32);
    await watch.waitFor(runId, ({ generation }) => generation >= 20, 10);
    await freezeInTransaction(worker);
    const { number } = await readRun(runId);
    const requestedAt = performance.now();
    const { status, body, text } = await api.query(
      "mutation ($run: ID!) { pauseRun(input: { runId: $run }) { __typename ... on PauseRunSuccess { run { state control } } } }",
      { run: `RUN-${number}` },
    );
    const answered = seconds(requestedAt);
    process.stderr.write(`pauseRun answered after ${answered.toFixed(1)} s\n`);
    expect(status, text).toBe(200);
    expect(body.data.pauseRun).toEqual({ __typename: "PauseRunSuccess", run: { state: "RUNNING", control: "PAUSE" } });
    expect(answered).toBeLessThan(leaseSeconds * 2);
    startWorker();
    await watch.waitFor(runId, ({ state }) => state === "PAUSED");
    worker.child.kill("SIGCONT");
    await expect.poll(async () => (await readRun(runId)).state, { timeout: 5_000 }).toBe("PAUSED");
  });
});
