/** Sweeps through the API and real workers, for tests of their queue, control and early stopping. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createExperiment } from "@pareidolia/persistence/lab/experiments/createExperiment";
import { seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { type RunningWorker, startWorker } from "@pareidolia/workers/worker";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { createStranger, localOwner, stranger } from "./actors.ts";
import { startTestApi, type TestApi } from "./api.ts";
import { createLinearClassifier } from "./linearClassifier.ts";
import { testModel } from "./runs.ts";

interface SweepRun {
  readonly key: string;
  readonly seed: number;
  readonly state: string;
  readonly stoppedBy: string | null;
  readonly waitsAtRung: number | null;
  readonly nines: number | null;
  readonly evaluations: number;
}

export interface Sweep {
  readonly key: string;
  readonly name: string;
  readonly state: string;
  readonly reason: string;
  readonly progress: Readonly<Record<string, number>>;
  readonly results: {
    readonly savedEvaluations: number;
    readonly points: readonly { readonly values: readonly unknown[]; readonly count: number; readonly runs: readonly SweepRun[] }[];
  };
  readonly importance: {
    readonly isExact: boolean;
    readonly runs: number;
    readonly shares: readonly { path: string; share: number }[];
  } | null;
}

const progressFields = "state progress { queued running paused succeeded failed cancelled stoppedEarly evaluations computedSeconds }";
const fields = `key name reason ${progressFields}
  results { savedEvaluations points { values count median { estimate low high } mean { estimate low high } runs { key seed state stoppedBy waitsAtRung nines evaluations } } }
  importance { isExact runs shares { path share low high } }`;

interface Settings {
  readonly generations?: number;
  readonly axes?: readonly object[];
  readonly replicates?: number;
  readonly limits?: object;
  readonly earlyStopping?: object;
}

const twoByTwo = [
  { path: "parameters.mutationRate", values: [0.05, 0.2] },
  { path: "offspring", values: [8, 12] },
];

/** Registers set-up and clean-up with the test file that calls it. */
export function openSweepBench() {
  let api: TestApi;
  let folder: string;
  let modelId: string;
  const experiments = new Map<string, string>();
  const workers: RunningWorker[] = [];

  beforeAll(async () => {
    api = await startTestApi();
    folder = mkdtempSync(path.join(tmpdir(), "pareidolia-sweeps-"));
    await seedLocalOwner(api.database.connection);
    await createStranger(api.database);
    await seedModels(api.database.connection, [testModel]);
    const { id } = await api.database.connection.model.findFirstOrThrow({ where: { slug: testModel.id } });
    modelId = Buffer.from(`Model:${id}`).toString("base64url");
    for (const { workspaceId, userId } of [{ workspaceId: localWorkspaceId, userId: localUserId }, stranger]) {
      const experimentId = await api.database.transaction((transaction) =>
        createExperiment(transaction, { workspaceId, createdById: userId, name: "Sweeps", description: "", idempotencyKey: null }),
      );
      experiments.set(workspaceId, Buffer.from(`Experiment:${experimentId}`).toString("base64url"));
    }
  });
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.close();
    // Runs of a test that failed would take the slots of the next.
    await api.database.connection.sweep.deleteMany();
    await api.database.connection.run.deleteMany();
  });
  afterAll(async () => {
    await api.close();
    rmSync(folder, { recursive: true });
  });

  /** A worker whose batches take `milliseconds` each. */
  async function work({ milliseconds = 0, checkpointSeconds = 0.05, leaseSeconds = 10 } = {}): Promise<RunningWorker> {
    const silent = { info() {}, warn() {}, error() {} };
    const worker = await startWorker({
      databaseUrl: api.databaseUrl,
      objectStore: api.objectStore,
      loadClassifier: async () =>
        createLinearClassifier({
          input: { width: 8, height: 8, channels: 1 },
          classes: 5,
          duringPredict: () => (milliseconds === 0 ? undefined : sleep(milliseconds)),
        }),
      engine: "test",
      samplePhotos: false,
      cacheFolder: folder,
      threads: 1,
      checkpointSeconds,
      leaseSeconds,
      log: silent,
    });
    workers.push(worker);
    return worker;
  }

  function inputOf({ generations = 4, axes = twoByTwo, replicates = 2, limits, earlyStopping }: Settings, actor = localOwner) {
    const experimentId = experiments.get(actor.workspaceId ?? "");
    const evolution = { experimentId, modelId, encoding: "direct", preset: "paper", generations, offspring: 8, seed: 1 };
    return { run: { evolution }, axes, replicates, limits, earlyStopping };
  }

  async function start(settings: Settings = {}, actor = localOwner): Promise<Sweep> {
    const query = `mutation($input: StartSweepInput!) { startSweep(input: $input) { ... on StartSweepSuccess { sweep { ${fields} } } ... on Error { message } } }`;
    const { body } = await api.query(query, { input: inputOf(settings, actor) }, actor);
    expect(body.errors).toBeUndefined();
    expect(body.data.startSweep.message).toBeUndefined();
    return body.data.startSweep.sweep as Sweep;
  }

  async function read(key: string, actor = localOwner): Promise<Sweep> {
    const { body } = await api.query(`query($id: ID!) { sweep(id: $id) { ${fields} } }`, { id: key }, actor);
    expect(body.errors).toBeUndefined();
    return body.data.sweep as Sweep;
  }

  /** For polling: without the statistics of the results, which take most of a read's time. */
  async function readProgress(key: string, actor = localOwner): Promise<Pick<Sweep, "state" | "progress">> {
    const { body } = await api.query(`query($id: ID!) { sweep(id: $id) { ${progressFields} } }`, { id: key }, actor);
    expect(body.errors).toBeUndefined();
    return body.data.sweep;
  }

  async function control(name: "pauseSweep" | "resumeSweep" | "cancelSweep", key: string): Promise<void> {
    const { body } = await api.query(`mutation($input: SweepInput!) { ${name}(input: $input) { __typename ... on Error { message } } }`, {
      input: { sweepId: key },
    });
    expect(body.data[name].message).toBeUndefined();
  }

  async function reach(key: string, state: string, actor = localOwner): Promise<Sweep> {
    await expect.poll(async () => (await readProgress(key, actor)).state, { timeout: 60_000, interval: 50 }).toBe(state);
    return read(key, actor);
  }

  const rowsOf = (key: string, workspaceId: string = localWorkspaceId) =>
    api.database.connection.run.findMany({
      where: { sweep: { number: Number(key.slice(4)), workspaceId } },
      orderBy: { number: "asc" },
    });
  return { api: () => api, workers, work, inputOf, start, read, readProgress, control, reach, rowsOf };
}
