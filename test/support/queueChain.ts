/** A queued retraining chain in a test database, small enough for a test: LeNet, 320 digits and one short evolution per network. */
import { findZooModel } from "@pareidolia/classifiers/zoo/manifest";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { chainParameters } from "@pareidolia/core/retrainingChain";
import { createChain } from "@pareidolia/persistence/lab/chains/createChain";
import { createExperiment } from "@pareidolia/persistence/lab/experiments/createExperiment";
import { seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import { createRun } from "@pareidolia/persistence/lab/runs/createRun";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";

/** Registers LeNet. Returns its ID. */
export async function seedLeNet({ connection }: Pick<Database, "connection">, labels: readonly string[]): Promise<string> {
  const model = findZooModel("lenet");
  if (model === null) throw new Error("There is no LeNet.");
  await seedLocalOwner(connection);
  const { preprocessing, testError, name, description, licence, source, sha256, width, height, channels } = model;
  const row = { id: "lenet", name, description, licence, source, sha256, width, height, channels, preprocessing, testError };
  await seedModels(connection, [{ ...row, labels }]);
  return (await connection.model.findFirstOrThrow({ where: { slug: "lenet" } })).id;
}

/** Returns the ID of the run. */
export async function queueChain(database: Database, labels: readonly string[]): Promise<string> {
  const modelId = await seedLeNet(database, labels);
  const owner = { workspaceId: localWorkspaceId, createdById: localUserId, idempotencyKey: null };
  const parameters = resolveParameters(chainParameters, {
    generations: 2,
    offspring: 20,
    runs: 1,
    epochs: 1,
    trainingImages: 320,
    foolingShare: 0.2,
  });
  return database.transaction(async (transaction) => {
    const experimentId = await createExperiment(transaction, { ...owner, name: "Chain", description: "" });
    const { id } = await createRun(transaction, {
      ...owner,
      experimentId,
      modelId,
      kind: "retraining",
      preset: "quick",
      parameters,
      plan: { method: "fooling-class", dataset: "mnist", iterations: 1, evaluationGoal: 120 },
      framing: { kind: "whole" },
      seed: 1,
    });
    await createChain(transaction, { workspaceId: localWorkspaceId, runId: id, name: "Test", dataset: "mnist", iterations: 1, modelId });
    return id;
  });
}
