/** Queued ascents and perturbations in a test database, as the API writes them. */
import { getAscent, getAttack } from "@pareidolia/ascent/registry";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { evaluationsOfAscent } from "@pareidolia/core/runKinds/ascent";
import { countAttacks } from "@pareidolia/core/runKinds/perturbation";
import type { Queue } from "@pareidolia/jobs/queue";
import { createExperiment } from "@pareidolia/persistence/lab/experiments/createExperiment";
import { type SeedModel, seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import { createRun } from "@pareidolia/persistence/lab/runs/createRun";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { testModel } from "./runs.ts";

const owner = { workspaceId: localWorkspaceId, createdById: localUserId, idempotencyKey: null };

async function prepare(database: Database, model: SeedModel = testModel): Promise<{ modelId: string; experimentId: string }> {
  await seedLocalOwner(database.connection);
  await seedModels(database.connection, [model]);
  const { id: modelId } = await database.connection.model.findFirstOrThrow({ where: { slug: model.id } });
  const experimentId = await database.transaction((transaction) =>
    createExperiment(transaction, { ...owner, name: "Test", description: "" }),
  );
  return { modelId, experimentId };
}

export interface AscentOptions {
  readonly classes?: readonly number[];
  readonly starts?: number;
  readonly seed?: number;
  readonly parameters?: Readonly<Record<string, number | string>>;
  readonly model?: SeedModel;
  /** Makes the ascent a random search with one configuration for each of these sets of drawn values. */
  readonly search?: readonly Readonly<Record<string, number>>[];
}

/** Returns the ID of a queued ascent; enqueues its job if a queue is given. */
export async function seedAscent(database: Database, options: AscentOptions = {}, queue?: Queue): Promise<string> {
  const { classes = [0, 3], starts = 2, seed = 1 } = options;
  const parameters = resolveParameters(getAscent("gradient-ascent").parameters, {
    iterations: 12,
    traceEvery: 1,
    updateRule: "adam",
    stepSize: 8,
    ...options.parameters,
  });
  const configurations = options.search?.map((drawn) => ({ ...parameters, ...drawn }));
  const search = configurations === undefined ? null : { searched: Object.keys(options.search?.[0] ?? {}), configurations };
  const evaluationGoal = evaluationsOfAscent({ classes, starts, configurations: configurations ?? [parameters] });
  const where = await prepare(database, options.model);
  return database.transaction(async (transaction) => {
    const { id } = await createRun(transaction, {
      ...owner,
      ...where,
      kind: "ascent",
      plan: { method: "gradient-ascent", classes, starts, evaluationGoal, source: null, search },
      preset: "paper",
      parameters,
      framing: { kind: "whole" },
      seed,
    });
    await queue?.enqueue(transaction.executor, "carryOutRun", { runId: id });
    return id;
  });
}

export interface PerturbationOptions {
  readonly sourceSha256: string;
  readonly attack?: string;
  readonly parameters?: Readonly<Record<string, number | string | boolean>>;
  readonly bounds?: readonly number[];
  readonly target?: number | null;
  readonly seed?: number;
}

/** Returns the ID of a queued attack on a stored image; default: PGD. */
export async function seedPerturbation(database: Database, options: PerturbationOptions): Promise<string> {
  const { sourceSha256, attack = "pgd", bounds = getAttack(attack).isBounded ? [2, 16, 128] : [], target = null, seed = 1 } = options;
  const parameters = resolveParameters(getAttack(attack).parameters, { ...options.parameters });
  const evaluationGoal = getAttack(attack).iterationsOf(parameters) * countAttacks({ bounds });
  const where = await prepare(database);
  const { id } = await database.transaction((transaction) =>
    createRun(transaction, {
      ...owner,
      ...where,
      kind: "perturbation",
      plan: { method: attack, bounds, target, evaluationGoal, source: { sha256: sourceSha256, crop: null } },
      preset: "usual",
      parameters,
      framing: { kind: "whole" },
      seed,
    }),
  );
  return id;
}
