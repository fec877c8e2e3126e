/**
 * Changes runs. A run is checked completely before anything is written; then its row, the first line of its log and
 * its job come in one transaction, or none of them does.
 */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { type Parameters, resolveParameters } from "@pareidolia/core/parameterSpec";
import { getEncoding } from "@pareidolia/encodings/registry";
import { searchParameters } from "@pareidolia/evolution/searchParameters";
import type { Queue } from "@pareidolia/jobs/queue";
import type { Database, Transaction } from "@pareidolia/persistence/database";
import { createRun } from "@pareidolia/persistence/queries/createRun";
import type { RunRecord } from "@pareidolia/persistence/queries/runQueries";
import { type ControlledRun, cancelRun, pauseRun, resumeRun } from "@pareidolia/persistence/runs/runControl";
import type { ExperimentService } from "../experiment/experiment.service.ts";
import type { ModelService } from "../model/model.service.ts";
import { type Action, policy } from "../policy/policy.ts";
import { readIdempotencyKey } from "../text.ts";
import type { StartRunInput } from "./run.input.ts";
import type { RunService } from "./run.service.ts";

export interface RunControlServiceOptions {
  readonly database: Database;
  readonly queue: Queue;
  readonly experiments: ExperimentService;
  readonly models: ModelService;
  readonly runs: RunService;
}

const largestSeed = 2_147_483_647;
const mostGenerations = 100_000;
const mostOffspring = 2_000;
const defaultOffspring = 200;
/** Evaluations are counted in a 32-bit column. */
const mostEvaluations = 2_147_483_647;

function invalid(field: string, message: string): AppError {
  return new AppError("INVALID_INPUT", message, { field: `input.${field}` });
}

function checkWholeNumber(value: number, field: string, minimum: number, maximum: number): number {
  if (!Number.isInteger(value) || value < minimum || value > maximum)
    throw invalid(field, `"${field}" must be a whole number from ${minimum} to ${maximum}.`);
  return value;
}

/** The preset's values, those given above them, and the defaults below. */
function readParameters(input: StartRunInput): Parameters {
  const given = input.parameters ?? {};
  if (typeof given !== "object" || Array.isArray(given)) throw invalid("parameters", "Parameters are an object of names and values.");
  try {
    const definition = getEncoding(input.encoding);
    const preset = definition.presets.find((candidate) => candidate.id === input.preset);
    if (preset === undefined)
      throw new AppError(
        "INVALID_INPUT",
        `There is no preset "${input.preset}". Known: ${definition.presets.map((p) => p.id).join(", ")}.`,
        {
          field: "preset",
        },
      );
    return resolveParameters([...definition.parameters, ...searchParameters], { ...preset.values, ...given });
  } catch (error) {
    if (error instanceof AppError && error.field !== undefined) throw invalid(error.field, error.message);
    throw error;
  }
}

export class RunControlService {
  readonly #options: RunControlServiceOptions;

  constructor(options: RunControlServiceOptions) {
    this.#options = options;
  }

  async start(actor: Actor, input: StartRunInput): Promise<RunRecord> {
    const { database, queue, experiments, models, runs } = this.#options;
    policy.require(actor, "run:start", actor);
    const parameters = readParameters(input);
    const seed = checkWholeNumber(input.seed, "seed", 0, largestSeed);
    const generations = checkWholeNumber(input.generations, "generations", 1, mostGenerations);
    const offspring = checkWholeNumber(input.offspring ?? defaultOffspring, "offspring", 2, mostOffspring);
    if (offspring % 2 !== 0) throw invalid("offspring", '"offspring" must be even, since parents have two children each time.');
    if (offspring * (generations + 1) > mostEvaluations) throw invalid("generations", "These are more than 2147483647 evaluations.");
    const idempotencyKey = readIdempotencyKey(input.idempotencyKey);
    const experiment = await experiments.getByReference(actor, input.experimentId, "input.experimentId");
    policy.require(actor, "run:start", experiment);
    const model = await models.getByReference(actor, input.modelId, "input.modelId");
    const id = await database.transaction(async (transaction) => {
      const run = await createRun(transaction, {
        workspaceId: actor.workspaceId,
        experimentId: experiment.id,
        createdById: actor.userId,
        modelId: model.id,
        encoding: input.encoding,
        preset: input.preset,
        parameters,
        seed,
        generations,
        offspring,
        idempotencyKey,
      });
      if (run.created) await queue.enqueue(transaction.executor, "evolveRun", { runId: run.id });
      return run.id;
    });
    return runs.get(actor, id);
  }

  pause(actor: Actor, runId: string): Promise<RunRecord> {
    return this.#control(actor, "run:pause", runId, pauseRun);
  }

  resume(actor: Actor, runId: string): Promise<RunRecord> {
    return this.#control(actor, "run:resume", runId, async (transaction, { runId: id }) => {
      const run = await resumeRun(transaction, { runId: id });
      if (run.state === "QUEUED") await this.#options.queue.enqueue(transaction.executor, "evolveRun", { runId: id });
      return run;
    });
  }

  cancel(actor: Actor, runId: string): Promise<RunRecord> {
    return this.#control(actor, "run:cancel", runId, cancelRun);
  }

  async #control(
    actor: Actor,
    action: Action,
    reference: string,
    change: (transaction: Transaction, input: { readonly runId: string }) => Promise<ControlledRun>,
  ): Promise<RunRecord> {
    const { database, runs } = this.#options;
    const run = await runs.getByReference(actor, reference, "input.runId");
    policy.require(actor, action, run);
    await database.transaction((transaction) => change(transaction, { runId: run.id }));
    return runs.get(actor, run.id);
  }
}
