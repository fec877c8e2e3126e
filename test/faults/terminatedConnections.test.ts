/**
 * Every connection to the database is terminated repeatedly, in the full audit a hundred times, while workers compute and clients read and write: no run fails,
 * and each request succeeds or fails with a clean 503.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readListedModels } from "@pareidolia/classifiers/zoo/readListedModels";
import { AppError } from "@pareidolia/core/appError";
import { openQueue, type Queue } from "@pareidolia/jobs/queue";
import { cancelRun } from "@pareidolia/persistence/lab/runs/runControl";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../support/api.ts";
import { isFull } from "../support/extent/sampled.ts";
import { withClient } from "../support/postgresServer.ts";
import { seedAscent } from "../support/queuedRuns.ts";
import { seedRun } from "../support/runs.ts";
import { sharedCacheFolder } from "../support/sharedCache.ts";
import { type WorkerProcesses, workerProcesses } from "../support/workerProcess.ts";

const { models } = await readListedModels({ cacheFolder: sharedCacheFolder() });
const lenet = models.find((model) => model.id === "lenet");
const rounds = isFull ? 100 : 15;

let api: TestApi;
let queue: Queue;
let home: string;
let workers: WorkerProcesses;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "pareidolia-terminate-"));
  const objectStore = openFolderStore({ folder: path.join(home, "objects") });
  api = await startTestApi({ objectStore });
  queue = await openQueue({ url: api.databaseUrl });
  workers = workerProcesses({ databaseUrl: api.databaseUrl, home });
});
afterAll(async () => {
  workers.killAll();
  await queue.close();
  await api.close();
  await rm(home, { recursive: true });
});

const documents = [
  "{ runs(first: 20) { totalCount nodes { key state progress worker { host alive } experiment { name } } } }",
  "{ elites(first: 50) { nodes { id label storedConfidence image { url } run { key } } } }",
  "{ workers { host alive run { key } } }",
  'mutation { createExperiment(input: { name: "Under fire" }) { __typename } }',
];

/** Milliseconds between two requests of a client: several fit between two terminations, and leave processor time for the runs. */
const pause = 10;

/** Sends a document repeatedly until `done`, and collects the response texts by status. */
async function hammer(document: string, done: AbortSignal): Promise<Map<number, string[]>> {
  const answers = new Map<number, string[]>();
  while (!done.aborted) {
    const { status, text } = await api.query(document);
    const texts = answers.get(status) ?? [];
    texts.push(text);
    answers.set(status, texts);
    await sleep(pause);
  }
  return answers;
}

/** Cancels a run as users do: a 503 asks them to try again in a few seconds. Reports the open transactions, which delayed the answer. */
async function cancel(runId: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await api.database.transaction((transaction) => cancelRun(transaction, { runId }));
      return;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "UNAVAILABLE" || attempt === 3) throw error;
      const { rows } = await withClient(api.databaseUrl, (client) =>
        client.query(
          "SELECT state, wait_event, now() - state_change AS since, query FROM pg_stat_activity WHERE datname = current_database() AND xact_start IS NOT NULL",
        ),
      );
      process.stderr.write(`${error.message} ${JSON.stringify(rows)}\n`);
    }
  }
}

it(`no run fails and every response is 200 or 503 when all connections are terminated ${rounds} times`, {
  timeout: 240_000,
}, async () => {
  if (lenet === undefined) throw new Error("The zoo is empty.");
  // Short runs start and end during the terminations; the long runs outlast them on any machine.
  const short: string[] = [];
  const long: string[] = [];
  const evolve = (seed: number, generations: number) => seedRun(api.database, { model: lenet, seed, generations, offspring: 50 }, queue);
  for (let seed = 1; seed <= 6; seed++) short.push(await evolve(seed, 6));
  long.push(await evolve(7, 20_000));
  for (let seed = 8; seed <= 13; seed++) short.push(await evolve(seed, 6));
  const parameters = { iterations: 100_000 };
  long.push(await seedAscent(api.database, { model: lenet, seed: 14, classes: [0, 3, 5, 8], starts: 1, parameters }, queue));
  const processes = [workers.start(), workers.start()];
  const states = async (runIds: readonly string[]) => {
    const runs = await withClient(api.databaseUrl, (client) =>
      client.query<{ state: string }>("SELECT state::text FROM runs WHERE id = ANY ($1)", [runIds]),
    );
    return new Set(runs.rows.map(({ state }) => state));
  };
  const busyWorkers = () => api.database.connection.run.groupBy({ by: ["workerId"], where: { workerId: { not: null } } });
  await expect.poll(async () => (await busyWorkers()).length, { timeout: 60_000 }).toBe(2);

  const done = new AbortController();
  const clients = documents.map((document) => hammer(document, done.signal));
  let terminated = 0;
  await withClient(api.ownerUrl, async (killer) => {
    for (let i = 0; i < rounds; i++) {
      const { rowCount } = await killer.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
      );
      terminated += rowCount ?? 0;
      await sleep(100 + (i % 7) * 30);
    }
  });
  done.abort();
  const answers = await Promise.all(clients);
  const counts = new Map<number, number>();
  for (const each of answers) for (const [status, texts] of each) counts.set(status, (counts.get(status) ?? 0) + texts.length);
  const ended = [...(await states([...short, ...long]))];
  process.stderr.write(
    `${terminated} connections terminated; answers ${JSON.stringify([...counts])}; states of the runs: ${ended.join()}\n`,
  );

  expect(ended).not.toContain("FAILED");
  expect(ended).not.toContain("CRASHED");
  expect([...counts.keys()].filter((status) => status !== 200 && status !== 503)).toEqual([]);
  const sentences = answers.flatMap((each) => each.get(503) ?? []).map((text) => JSON.parse(text).errors[0]);
  expect(sentences.length).toBeGreaterThan(0);
  for (const { message, extensions } of sentences) {
    expect(extensions.code).toBe("UNAVAILABLE");
    expect(message).toMatch(/^The database is unavailable\./);
  }
  await expect.poll(() => states(long), { timeout: 60_000 }).toEqual(new Set(["RUNNING"]));
  for (const runId of long) await cancel(runId);
  await expect.poll(() => states(long), { timeout: 60_000 }).toEqual(new Set(["CANCELLED"]));
  await expect.poll(() => states(short), { timeout: 60_000 }).toEqual(new Set(["SUCCEEDED"]));
  for (const { child, ended } of processes) {
    expect(child.exitCode).toBe(null);
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  }
});
