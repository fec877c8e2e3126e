/**
 * Starts runs of every kind. Validates the whole input first, then writes the run, the first event of its log and its job in one
 * transaction.
 */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { maxFramedSide } from "@pareidolia/core/crops";
import { type ParameterSpec, type Parameters, type Preset, resolveParameters } from "@pareidolia/core/parameterSpec";
import type { Framing } from "@pareidolia/core/preprocessing";
import type { Planned } from "@pareidolia/core/runKinds/registry";
import { type Limits, seedLimits } from "@pareidolia/core/runKinds/runKind";
import type { Queue } from "@pareidolia/jobs/queue";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { AuditedChange } from "@pareidolia/persistence/access/audit/auditEntry";
import { requireOpenExperiment } from "@pareidolia/persistence/lab/experiments/openExperiment";
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import type { ModelRecord } from "@pareidolia/persistence/lab/models/readModels";
import { createRun } from "@pareidolia/persistence/lab/runs/createRun";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { Database, Transaction } from "@pareidolia/persistence/server/database/database";
import type { ExperimentService } from "../experiment/experiment.service.ts";
import type { ModelService } from "../model/model.service.ts";
import { policy } from "../policy/policy.ts";
import { readIdempotencyKey } from "../text.ts";
import { readName } from "../tracking/texts.ts";
import type { RunService } from "./run.service.ts";

export interface RunLauncherOptions {
  readonly database: Database;
  readonly queue: Queue;
  readonly experiments: ExperimentService;
  readonly models: ModelService;
  readonly runs: RunService;
}

/** Inputs common to all kinds of runs. */
export interface LaunchInput {
  readonly experimentId: string;
  readonly modelId: string;
  readonly seed: number;
  /** The run's name; without one it is composed. */
  readonly name?: string | null;
  readonly framing?: { readonly crops: number; readonly imageSize: number } | null;
  readonly idempotencyKey?: string | null;
  /** The run whose settings are used, perhaps changed. */
  readonly rerunOfId?: string | null;
  /** The run to continue, and the last generation, or number of links, to have from it. */
  readonly fork?: { readonly runId: string; readonly generation: number };
}

/** The part of a new run that depends on its kind. */
export type RunOfKind = Planned & { readonly preset: string; readonly parameters: Parameters };

/** What a start would create. */
export type PlannedRun = RunOfKind & { readonly seed: number };

/** Writes further rows in the transaction that creates the run, and returns their entry of the audit log. */
type AlsoWrite = (transaction: Transaction, run: { readonly id: string; readonly model: ModelRecord }) => Promise<AuditedChange>;

export function invalid(field: string, message: string): AppError {
  return new AppError("INVALID_INPUT", message, { field: `input.${field}` });
}

/** @throws AppError INVALID_INPUT naming `field`. */
export function checkWholeNumber(value: number, field: string, { minimum, maximum }: Limits): number {
  if (!Number.isInteger(value) || value < minimum || value > maximum)
    throw invalid(field, `"${field}" must be a whole number from ${minimum} to ${maximum}.`);
  return value;
}

/** Resolves each parameter: the given value, else the preset's, else the default. @throws AppError INVALID_INPUT naming the field. */
export function readMethodParameters(
  input: { readonly preset: string; readonly parameters?: unknown },
  find: () => { readonly parameters: readonly ParameterSpec[]; readonly presets: readonly Preset[] },
): Parameters {
  const given = input.parameters ?? {};
  if (typeof given !== "object" || Array.isArray(given)) throw invalid("parameters", "Parameters must be an object of names and values.");
  try {
    const { parameters, presets } = find();
    const preset = presets.find((candidate) => candidate.id === input.preset);
    if (preset === undefined)
      throw new AppError("INVALID_INPUT", `Unknown preset "${input.preset}". Known: ${presets.map((p) => p.id).join(", ")}.`, {
        field: "preset",
      });
    return resolveParameters(parameters, { ...preset.values, ...given });
  } catch (error) {
    if (error instanceof AppError && error.field !== undefined) throw invalid(error.field, error.message);
    throw error;
  }
}

export function readFraming(framing: LaunchInput["framing"], model: ModelRecord): Framing {
  if (framing == null) return { kind: "whole" };
  if (framing.crops !== 1 && framing.crops !== 10) throw invalid("framing.crops", '"framing.crops" must be 1 or 10.');
  const imageSize = checkWholeNumber(framing.imageSize, "framing.imageSize", {
    minimum: Math.max(model.width, model.height),
    maximum: maxFramedSide,
  });
  return { kind: "crops", count: framing.crops, imageSize };
}

/** @throws AppError INVALID_INPUT or CONFLICT if runs cannot use the model. */
export function requireUsable(model: ModelRecord): void {
  if (model.state === "REFUSED") throw invalid("modelId", `This model was refused and cannot be used: ${model.refusal}`);
  if (model.state === "CHECKING" && model.origin !== "zoo")
    throw new AppError("CONFLICT", "This model is still being checked. Wait until it is available.", { field: "input.modelId" });
}

type Describe = (model: ModelRecord) => RunOfKind | Promise<RunOfKind>;

export class RunLauncher {
  readonly #options: RunLauncherOptions;

  constructor(options: RunLauncherOptions) {
    this.#options = options;
  }

  /** What `launch` would create, checked in the same way. An empty `experimentId` stands for an experiment that does not exist yet. */
  async plan(actor: Actor, input: LaunchInput, describe: Describe): Promise<PlannedRun> {
    const { seed, ofKind } = await this.#check(actor, input, describe);
    if (input.experimentId !== "") {
      const { workspaceId, id: experimentId } = await this.#findExperiment(actor, input);
      await requireOpenExperiment(this.#options.database.connection, { workspaceId, experimentId });
    }
    return { ...ofKind, seed };
  }

  /** `describe` returns the kind-specific part of the run. It throws if this kind cannot use the model. */
  async launch(actor: Actor, input: LaunchInput, describe: Describe, alsoWrite?: AlsoWrite): Promise<RunRecord> {
    const { database, queue, runs } = this.#options;
    policy.requireInWorkspace(actor, "run:start");
    const { workspaceId, userId: createdById } = actor;
    const experiment = await this.#findExperiment(actor, input);
    const { name, seed, model, framing, ofKind, idempotencyKey, origin } = await this.#check(actor, input, describe);
    const id = await database.transaction(async (transaction) => {
      const run = await createRun(transaction, {
        workspaceId,
        experimentId: experiment.id,
        createdById,
        modelId: model.id,
        name,
        seed,
        framing,
        idempotencyKey,
        ...origin,
        ...ofKind,
      });
      if (run.created) {
        const written = await alsoWrite?.(transaction, { id: run.id, model });
        await queue.enqueue(transaction.executor, "carryOutRun", { runId: run.id });
        const { kind, preset } = ofKind;
        const after = { experiment: `EXP-${experiment.number}`, ...(name === "" ? {} : { name }), model: model.name, kind, preset, seed };
        const subject = { subjectType: "Run", subjectId: run.id, subjectName: `RUN-${run.number}` };
        await appendAuditEntry(transaction.connection, actor, { action: "run:start", ...subject, before: null, after });
        if (written !== undefined) await appendAuditEntry(transaction.connection, actor, written);
      }
      return run.id;
    });
    return runs.get(actor, id);
  }

  async #findExperiment(actor: Actor, { experimentId }: LaunchInput): Promise<ExperimentRecord> {
    const experiment = await this.#options.experiments.getByReference(actor, experimentId, "input.experimentId");
    policy.require(actor, "run:start", experiment);
    return experiment;
  }

  /** Everything except the experiment. */
  async #check(actor: Actor, input: LaunchInput, describe: Describe) {
    const { models, runs } = this.#options;
    policy.requireInWorkspace(actor, "run:start");
    const name = readName(input.name ?? "", "input.name");
    const seed = checkWholeNumber(input.seed, "seed", seedLimits);
    const idempotencyKey = readIdempotencyKey(input.idempotencyKey);
    const model = await models.getByReference(actor, input.modelId, "input.modelId");
    requireUsable(model);
    const framing = readFraming(input.framing, model);
    const ofKind = await describe(model);
    const rerunOf = input.rerunOfId == null ? null : await runs.getByReference(actor, input.rerunOfId, "input.rerunOfId");
    const origin = {
      forkedFromRunId: input.fork?.runId ?? null,
      forkGeneration: input.fork?.generation ?? null,
      rerunOfRunId: rerunOf?.id ?? null,
    };
    return { name, seed, idempotencyKey, model, framing, ofKind, origin };
  }
}
