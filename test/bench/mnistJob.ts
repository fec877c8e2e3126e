/**
 * P1: the paper's MNIST job, 40,200 evaluations of the direct encoding, through the worker's own task: real PostgreSQL with
 * fsync on, checkpoints every second, images in a folder store. Its rate is divided by the pure inference rate of the same
 * classifier at the same batch, measured before and after each job, and with --peers by the rates of two Python programs
 * that search without storage.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { readListedModels } from "@pareidolia/classifiers/zoo/readListedModels";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { directEncoding } from "@pareidolia/encodings/direct/directEncoding";
import { median } from "@pareidolia/evolution/statistics";
import { judge, noBar } from "@pareidolia/lab/report";
import { createExperiment } from "@pareidolia/persistence/lab/experiments/createExperiment";
import { seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import { createRun } from "@pareidolia/persistence/lab/runs/createRun";
import { registerWorker } from "@pareidolia/persistence/lab/workers/reportWorker";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { migrate } from "@pareidolia/persistence/server/database/migrations";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { createDatabase, startPostgresServer } from "../support/postgresServer.ts";
import { sharedCacheFolder } from "../support/sharedCache.ts";
import type { Benchmark, BenchmarkOptions } from "./benchmark.ts";
import { openBenchPeer, type Peer } from "./peers.ts";
import { measureInference, noiseBatch } from "./pureInference.ts";

const generations = 200;
const offspring = 200;
const evaluations = (generations + 1) * offspring;
const workerId = "worker_bench";
const bar = 0.6;

interface Place {
  readonly database: Database;
  readonly objectStore: ObjectStore;
  readonly experimentId: string;
  readonly modelId: string;
  close(): Promise<void>;
}

async function openPlace(): Promise<Place> {
  const folder = await mkdtemp(path.join(tmpdir(), "pareidolia-bench-"));
  const server = await startPostgresServer({ durable: true });
  const url = await createDatabase(server.url, "bench");
  await migrate(url);
  const database = await openDatabase(url);
  const { models } = await readListedModels({ cacheFolder: sharedCacheFolder() });
  const model = models.find((listed) => listed.id === "lenet");
  if (model === undefined) throw new Error("the zoo has no LeNet");
  await seedLocalOwner(database.connection);
  await seedModels(database.connection, [model]);
  const { id: modelId } = await database.connection.model.findFirstOrThrow({ where: { sha256: model.sha256 } });
  await registerWorker(database.connection, { id: workerId, host: "bench", processId: process.pid, engine: "bench" });
  const experimentId = await database.transaction((transaction) =>
    createExperiment(transaction, {
      workspaceId: localWorkspaceId,
      createdById: localUserId,
      name: "P1",
      description: "",
      idempotencyKey: null,
    }),
  );
  return {
    database,
    objectStore: openFolderStore({ folder }),
    experimentId,
    modelId,
    async close() {
      await database.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Evaluations per second of one whole job, from the claim to the final commit. */
async function measureJob(
  { database, objectStore, experimentId, modelId }: Place,
  classifier: DifferentiableClassifier,
  seed: number,
): Promise<number> {
  const preset = directEncoding.presets.find(({ id }) => id === "paper");
  const { id: runId } = await database.transaction((transaction) =>
    createRun(transaction, {
      workspaceId: localWorkspaceId,
      experimentId,
      createdById: localUserId,
      modelId,
      kind: "evolution",
      plan: { encoding: directEncoding.id, generations, offspring },
      framing: { kind: "whole" },
      preset: "paper",
      parameters: { ...preset?.values, insertion: "every-class" },
      seed,
      idempotencyKey: null,
    }),
  );
  const began = performance.now();
  await carryOutRun(
    { runId },
    {
      database,
      objectStore,
      queue: { enqueue: async () => undefined },
      openClassifier: async () => classifier,
      cacheFolder: tmpdir(),
      workerId,
      checkpointSeconds: 1,
      leaseSeconds: 10,
      stop: new AbortController().signal,
      log: {
        info: () => undefined,
        warn: (details, message) => console.error(message, details),
        error: (details, message) => console.error(message, details),
      },
    },
  );
  const seconds = (performance.now() - began) / 1000;
  const run = await database.connection.run.findUniqueOrThrow({ where: { id: runId } });
  if (run.state !== "SUCCEEDED") throw new Error(`The job ended as ${run.state}: ${run.failure}`);
  return evaluations / seconds;
}

interface PeerSearch {
  readonly search: "loop" | "ribs";
  readonly title: string;
  readonly bar: number;
  readonly rates: number[];
}

async function openPeer({ peers, onProgress }: BenchmarkOptions): Promise<Peer> {
  if (!peers) return { missing: "only with --peers" };
  return openBenchPeer("evolution.py", onProgress);
}

async function measurePeers(peer: Peer, searches: readonly PeerSearch[], seed: number): Promise<void> {
  if ("missing" in peer) return;
  for (const { search, rates } of searches)
    rates.push(evaluations / (await peer.peer.run<number>({ search, generations, offspring, seed })));
}

function summary(values: readonly number[]): { median: number; minimum: number; maximum: number } {
  return { median: median(values), minimum: Math.min(...values), maximum: Math.max(...values) };
}

export const mnistJob: Benchmark = {
  id: "P1",
  description: "the paper's MNIST job with checkpoints and stored images, against pure inference",
  async run(options) {
    const { openClassifier, repetitions, onProgress } = options;
    const classifier = await openClassifier();
    const batch = noiseBatch(classifier, offspring);
    const place = await openPlace();
    const jobs: number[] = [];
    const pure: number[] = [];
    const ratios: number[] = [];
    const searches: readonly PeerSearch[] = [
      { search: "loop", title: "a loop of the same algorithm in NumPy and PyTorch", bar: 1.7, rates: [] },
      { search: "ribs", title: "pyribs with a similar search", bar: 1.7, rates: [] },
    ];
    const peer = await openPeer(options);
    try {
      await measureInference(classifier, batch, evaluations / 4);
      await measureJob(place, classifier, 0);
      await measurePeers(
        peer,
        searches.map((search) => ({ ...search, rates: [] })),
        0,
      );
      for (let repetition = 1; repetition <= repetitions; repetition++) {
        const before = await measureInference(classifier, batch, evaluations / 2);
        const job = await measureJob(place, classifier, repetition);
        const after = await measureInference(classifier, batch, evaluations / 2);
        await measurePeers(peer, searches, repetition);
        const rate = (before + after) / 2;
        jobs.push(job);
        pure.push(rate);
        ratios.push(job / rate);
        onProgress(
          `repetition ${repetition} of ${repetitions}: job ${job.toFixed(0)}/s, inference ${before.toFixed(0)}/s and ${after.toFixed(0)}/s, ratio ${(job / rate).toFixed(3)}`,
        );
      }
    } finally {
      if ("peer" in peer) await peer.peer.close();
      await place.close();
    }
    const ratio = summary(ratios);
    const range = ({ median, minimum, maximum }: ReturnType<typeof summary>): string =>
      `${median.toFixed(0)}/s (${minimum.toFixed(0)} to ${maximum.toFixed(0)})`;
    return [
      judge({
        id: "P1.ratio",
        what: `evaluations/s of the worker's whole job over pure inference at batch ${offspring}, median of ${repetitions}`,
        figure: ratio.median,
        bar: { atLeast: bar },
        detail: `from ${ratio.minimum.toFixed(3)} to ${ratio.maximum.toFixed(3)}; job ${range(summary(jobs))}, inference ${range(summary(pure))}; PostgreSQL with fsync, folder store, checkpoints every second`,
      }),
      ...searches.map(({ search, title, bar, rates }) => {
        const row = {
          id: `P1.${search}`,
          what: `evaluations/s of the same job over those of ${title}, without its storage, median of ${repetitions}`,
        };
        if (!options.peers) return { ...row, figure: null, bar: noBar, holds: true, detail: `with --peers only, where the bar is ${bar}` };
        if ("missing" in peer) return judge({ ...row, figure: null, bar: { atLeast: bar }, detail: peer.missing });
        const figure = median(jobs.map((job, index) => job / (rates[index] ?? Number.NaN)));
        return judge({ ...row, figure, bar: { atLeast: bar }, detail: `${range(summary(rates))}; ${peer.peer.description}` });
      }),
    ];
  },
};
