/** Creates runs in a test database, and the context to compute them in this process like a worker. */
import { randomUUID } from "node:crypto";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import type { Framing } from "@pareidolia/core/preprocessing";
import { getEncoding } from "@pareidolia/encodings/registry";
import type { Queue } from "@pareidolia/jobs/queue";
import { createExperiment } from "@pareidolia/persistence/lab/experiments/createExperiment";
import { type SeedModel, seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import { createRun } from "@pareidolia/persistence/lab/runs/createRun";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import type { RunContext } from "@pareidolia/workers/runs/runContext";
import { sharedCacheFolder } from "./sharedCache.ts";

export const testModel: SeedModel = {
  id: "linear",
  name: "Linear",
  description: "For tests",
  licence: "MIT",
  source: "test/support/linearClassifier.ts",
  sha256: "0".repeat(64),
  width: 8,
  height: 8,
  channels: 1,
  labels: ["0", "1", "2", "3", "4"],
};

export interface RunOptions {
  readonly encoding?: string;
  readonly seed?: number;
  readonly generations?: number;
  readonly offspring?: number;
  readonly model?: SeedModel;
  readonly framing?: Framing;
}

/** Returns the ID of a queued run; enqueues its job if a queue is given. */
export async function seedRun(database: Database, options: RunOptions = {}, queue?: Queue): Promise<string> {
  const { encoding = "direct", seed = 1, generations = 12, offspring = 8, model = testModel } = options;
  const { framing = { kind: "whole" } } = options;
  await seedLocalOwner(database.connection);
  await seedModels(database.connection, [model]);
  const { id: modelId } = await database.connection.model.findFirstOrThrow({ where: { slug: model.id } });
  const owner = { workspaceId: localWorkspaceId, createdById: localUserId, idempotencyKey: null };
  return database.transaction(async (transaction) => {
    const experimentId = await createExperiment(transaction, { ...owner, name: "Test", description: "" });
    const parameters = { ...resolveParameters(getEncoding(encoding).parameters, {}), insertion: "every-class" };
    const plan = { encoding, generations, offspring };
    const common = { ...owner, experimentId, modelId, preset: "paper", parameters, framing, seed };
    const { id } = await createRun(transaction, { ...common, kind: "evolution", plan });
    await queue?.enqueue(transaction.executor, "carryOutRun", { runId: id });
    return id;
  });
}

export const silent = { info() {}, warn() {}, error() {} };

export interface ContextOptions extends Partial<RunContext> {
  readonly database: Database;
  readonly objectStore: ObjectStore;
  readonly classifier: DifferentiableClassifier;
}

/** The context of a worker, with a queue that discards jobs and a checkpoint after every step. */
export function evolveContext({ classifier, ...options }: ContextOptions): RunContext {
  return {
    queue: { enqueue: async () => undefined },
    openClassifier: async () => classifier,
    cacheFolder: sharedCacheFolder(),
    workerId: randomUUID(),
    checkpointSeconds: 0,
    leaseSeconds: 10,
    stop: new AbortController().signal,
    log: silent,
    ...options,
  };
}
