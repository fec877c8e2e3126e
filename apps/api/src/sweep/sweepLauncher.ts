/** Plans, previews and starts sweeps. The whole plan is checked before anything is written. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import {
  type ComputedKind,
  computedKinds,
  countEvaluations,
  type Outlined,
  resourceOf,
  resourceUnitOf,
} from "@pareidolia/core/runKinds/registry";
import type { Limits } from "@pareidolia/core/runKinds/runKind";
import { defaultEta, type HalvingRule, halvingLimits, mostEvaluations, pointsOfRungs, rungsBelow } from "@pareidolia/core/sweep/halving";
import { type PlannedSweepRun, planSweep } from "@pareidolia/core/sweep/planSweep";
import type { AxisRange, AxisValue, SweepAxis } from "@pareidolia/core/sweep/sweepAxis";
import type { EarlyStopping, SweepBase, SweepPlan } from "@pareidolia/core/sweep/sweepPlan";
import { sweepLimits, sweepPriorities } from "@pareidolia/core/sweep/sweepState";
import type { Queue } from "@pareidolia/jobs/queue";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { createChain } from "@pareidolia/persistence/lab/chains/createChain";
import { admitRuns } from "@pareidolia/persistence/lab/sweeps/admitRuns";
import { createSweep, type SweepLimits } from "@pareidolia/persistence/lab/sweeps/createSweep";
import { measuredSpeed } from "@pareidolia/persistence/lab/sweeps/readSweeps";
import type { Database } from "@pareidolia/persistence/server/database/database";
import DataLoader from "dataloader";
import type { ExperimentService } from "../experiment/experiment.service.ts";
import { experimentKey, sweepKey } from "../globalId/globalId.ts";
import type { ModelService } from "../model/model.service.ts";
import type { PhotoService } from "../photo/photo.service.ts";
import { policy } from "../policy/policy.ts";
import type { LaunchInput } from "../run/runLauncher.ts";
import { checkLine, readIdempotencyKey } from "../text.ts";
import { type DescribedPoint, describePoints } from "./describePoints.ts";
import { labelValue } from "./labelValue.ts";
import { type NamedValue, nameOfSweepRun } from "./nameOfSweepRun.ts";
import type { EarlyStoppingInput, HalvingInput, StartSweepInput, SweepAxisInput, SweepLimitsInput } from "./sweep.input.ts";
import type { SweepPreviewType } from "./sweep.type.ts";
import { checkAxisFields, labelOfAxis, nameOfSweep } from "./sweepFields.ts";
import type { PlannedRungType } from "./sweepRung.type.ts";

export interface SweepLauncherOptions {
  readonly database: Database;
  readonly queue: Queue;
  readonly experiments: ExperimentService;
  readonly models: ModelService;
  readonly photos: PhotoService;
}

interface PreparedSweep {
  readonly name: string;
  readonly plan: SweepPlan;
  /** As given: an ID or a key. */
  readonly experimentId: string;
  readonly points: readonly DescribedPoint[];
  readonly runs: readonly PlannedSweepRun[];
  readonly idempotencyKey: string | null;
}

const defaultDelta = 0.01;
/** Each of its runs trains networks, and has rows of its own for each. */
const maxChains = 50;
const previewedPoints = 20;

function inField(error: unknown): unknown {
  if (!(error instanceof AppError) || error.field === undefined || error.field.startsWith("input.")) return error;
  return new AppError(error.code, error.message, { field: `input.${error.field}` });
}

function readNumber(value: number | null | undefined, field: string, { minimum, maximum }: Limits, isWhole = true): number | null {
  if (value == null) return null;
  if (value >= minimum && value <= maximum && (!isWhole || Number.isInteger(value))) return value;
  throw new AppError("INVALID_INPUT", `"${field}" must be a ${isWhole ? "whole " : ""}number from ${minimum} to ${maximum}.`, {
    field: `input.${field}`,
  });
}

export function readLimits(input: SweepLimitsInput | null | undefined): SweepLimits {
  return {
    priority: input?.priority ?? sweepPriorities.NORMAL,
    concurrency: readNumber(input?.concurrency, "limits.concurrency", sweepLimits.concurrency),
    maxEvaluations: readNumber(input?.maxEvaluations, "limits.maxEvaluations", sweepLimits.evaluations),
    maxSeconds: readNumber(input?.maxSeconds, "limits.maxSeconds", sweepLimits.seconds, false),
  };
}

function readHalving(input: HalvingInput | null | undefined, kind: ComputedKind): HalvingRule | null {
  if (input == null) return null;
  const unit = resourceUnitOf(kind);
  if (unit === null)
    throw new AppError("INVALID_INPUT", "Retraining chains cannot wait half-way, so successive halving does not apply to them.", {
      field: "input.earlyStopping.halving",
    });
  const eta = readNumber(input.eta, "earlyStopping.halving.eta", halvingLimits.eta) ?? defaultEta;
  const minimum = readNumber(input.minimum, "earlyStopping.halving.minimum", halvingLimits.minimum) ?? halvingLimits.minimum.minimum;
  return { eta, minimum };
}

function endOf({ run }: DescribedPoint): number {
  return resourceOf<ComputedKind>(run as Outlined & { readonly kind: ComputedKind }) ?? 0;
}

/** @throws AppError INVALID_INPUT if no run would reach a rung, or if there is nothing to compare. */
function checkHalving(rule: HalvingRule | null, points: readonly DescribedPoint[]): void {
  if (rule === null) return;
  const end = Math.max(...points.map(endOf));
  const [first] = points;
  const unit = first === undefined ? "" : resourceUnitOf(first.run.kind);
  if (rungsBelow(rule, end).length === 0)
    throw new AppError("INVALID_INPUT", `The first rung must be below ${end.toLocaleString("en")} ${unit}, at which every run ends.`, {
      field: "input.earlyStopping.halving.minimum",
    });
  if (points.length < 2)
    throw new AppError("INVALID_INPUT", "Successive halving compares points, but there is only one.", {
      field: "input.earlyStopping.halving",
    });
}

/** The rungs with the points that run up to each, and the end of the plan. */
function plannedRungs(rule: HalvingRule, points: readonly DescribedPoint[]): PlannedRungType[] {
  const end = Math.max(...points.map(endOf));
  const rungs = rungsBelow(rule, end);
  const entered = pointsOfRungs(points.length, rungs.length, rule.eta);
  return [...rungs, end].map((at, i) => ({ at, points: entered[i] as number }));
}

function readEarlyStopping(input: EarlyStoppingInput | null | undefined, kind: ComputedKind): EarlyStopping {
  const generations = readNumber(input?.plateauGenerations, "earlyStopping.plateauGenerations", sweepLimits.plateau);
  const delta = readNumber(input?.plateauDelta, "earlyStopping.plateauDelta", sweepLimits.delta, false) ?? defaultDelta;
  const after = readNumber(input?.medianAfter, "earlyStopping.medianAfter", sweepLimits.plateau);
  const halving = readHalving(input?.halving, kind);
  if (kind !== "evolution" && (generations !== null || after !== null))
    throw new AppError("INVALID_INPUT", "Only evolutions have generations to stop at. Runs of other kinds end by their own rules.", {
      field: "input.earlyStopping",
    });
  return { plateau: generations === null ? null : { generations, delta }, median: after === null ? null : { after }, halving };
}

function isAxisValue(value: unknown): value is AxisValue {
  return Array.isArray(value) ? value.every((item) => typeof item === "number") : ["number", "string", "boolean"].includes(typeof value);
}

function readAxis({ path, values, range }: SweepAxisInput): SweepAxis {
  const wrong = values?.find((value) => !isAxisValue(value));
  if (wrong !== undefined)
    throw new AppError(
      "INVALID_INPUT",
      `Axis "${path}": ${JSON.stringify(wrong)} is not a number, a text, true, false, or a list of numbers.`,
      {
        field: `axes.${path}`,
      },
    );
  const { from, to, scale, count } = range ?? {};
  return {
    path,
    values: values == null ? null : (values as AxisValue[]),
    range: range == null ? null : ({ from, to, scale, count: count ?? null } as AxisRange),
  };
}

/** The kind and the input of the run. @throws AppError INVALID_INPUT unless there is exactly one. */
function readRun({ run }: StartSweepInput): { readonly kind: ComputedKind; readonly input: LaunchInput; readonly base: SweepBase } {
  const given = computedKinds.flatMap((kind) => (run[kind] == null ? [] : [{ kind, input: run[kind] as LaunchInput }]));
  const [only, another] = given;
  if (only === undefined || another !== undefined)
    throw new AppError("INVALID_INPUT", `"run" needs exactly one of ${computedKinds.join(", ")}.`, { field: "input.run" });
  // A chain's name is part of its plan. Other runs are named after their points.
  const { experimentId: _, seed: __, idempotencyKey: ___, name, ...rest } = only.input;
  // Inputs are instances with absent fields as undefined, which JSON does not have.
  const base = JSON.parse(JSON.stringify({ ...rest, ...(only.kind === "retraining" ? { name } : {}) })) as SweepBase;
  if (base["search"] != null)
    throw new AppError("INVALID_INPUT", "A sweep draws values itself. Leave out the random search.", { field: "input.run.ascent.search" });
  return { ...only, base };
}

function evaluationsOf({ run }: DescribedPoint): number {
  return countEvaluations(run as Outlined & { readonly kind: ComputedKind });
}

export class SweepLauncher {
  readonly #options: SweepLauncherOptions;

  constructor(options: SweepLauncherOptions) {
    this.#options = options;
  }

  /** What `start` would create, in whichever experiment. The time is estimated from recent runs of the kind with the same model, one at a time. */
  async preview(actor: Actor, input: StartSweepInput): Promise<SweepPreviewType> {
    const { name, plan, points, runs } = await this.#prepare(actor, input);
    readLimits(input.limits);
    const totals = points.map(evaluationsOf);
    const { halving } = plan.earlyStopping;
    const all = runs.reduce((sum, { point }) => sum + (totals[point] as number), 0);
    const costs = points.map((point, i) => ({ end: endOf(point), evaluations: totals[i] as number }));
    const evaluations = halving === null ? all : mostEvaluations(halving, costs) * plan.seeds.length;
    const scope = policy.scope(actor, "run:read");
    const modelIds = [...new Set(points.map(({ model }) => model.id))];
    const speeds =
      modelIds.length > 10
        ? []
        : await Promise.all(
            modelIds.map((modelId) => measuredSpeed(this.#options.database.connection, { scope, kind: plan.kind, modelId })),
          );
    const speedOf = (point: DescribedPoint): number | null => speeds[modelIds.indexOf(point.model.id)] ?? null;
    const isMeasured = points.every((point) => speedOf(point) !== null);
    const seconds = runs.reduce((sum, { point }) => sum + (totals[point] as number) / (speedOf(points[point] as DescribedPoint) ?? 1), 0);
    return {
      name,
      pointCount: points.length,
      runCount: runs.length,
      seeds: [...plan.seeds],
      evaluations,
      rungs: halving === null ? [] : plannedRungs(halving, points),
      seconds: isMeasured ? (seconds * evaluations) / Math.max(1, all) : null,
      points: points.slice(0, previewedPoints).map(({ point }) => [...point.values]),
    };
  }

  /** Returns the sweep's ID. */
  async start(actor: Actor, input: StartSweepInput): Promise<string> {
    const { database, queue } = this.#options;
    const { name, plan, points, runs, experimentId, idempotencyKey } = await this.#prepare(actor, input);
    const experiment = await this.#options.experiments.getByReference(actor, experimentId, `input.run.${plan.kind}.experimentId`);
    policy.require(actor, "sweep:start", experiment);
    const limits = readLimits(input.limits);
    const values = await this.#namePoints(actor, plan, points);
    const created = await database.transaction(async (transaction) => {
      const sweep = await createSweep(transaction, {
        workspaceId: actor.workspaceId as string,
        experimentId: experiment.id,
        createdById: actor.userId as string,
        idempotencyKey,
        name,
        plan,
        ...limits,
        points: points.map(({ model, framing, run }) => ({
          planned: run,
          modelId: model.id,
          preset: run.preset,
          parameters: run.parameters,
          framing,
        })),
        runs: runs.map((run) => ({ ...run, name: nameOfSweepRun(values[run.point] ?? [], run.seed) })),
      });
      if (!sweep.created) return sweep;
      for (const [i, { run, model }] of runs.map(({ point }) => points[point] as DescribedPoint).entries()) {
        if (run.kind !== "retraining") break;
        const { dataset, iterations } = run.plan;
        const chain = {
          runId: sweep.runIds[i] as string,
          name: `${name}, ${i + 1} of ${runs.length}`,
          dataset,
          iterations,
          modelId: model.id,
        };
        await createChain(transaction, { workspaceId: actor.workspaceId as string, ...chain });
      }
      for (const runId of await admitRuns(transaction)) await queue.enqueue(transaction.executor, "carryOutRun", { runId });
      const after = { experiment: experimentKey(experiment.number), name, kind: plan.kind, points: points.length, runs: runs.length };
      const subject = { subjectType: "Sweep", subjectId: sweep.id, subjectName: sweepKey(sweep.number) };
      await appendAuditEntry(transaction.connection, actor, { action: "sweep:start", ...subject, before: null, after });
      return sweep;
    });
    return created.id;
  }

  async #prepare(actor: Actor, input: StartSweepInput): Promise<PreparedSweep> {
    policy.requireInWorkspace(actor, "sweep:start");
    try {
      const { kind, input: run, base } = readRun(input);
      const seeds = input.seeds ?? Array.from({ length: this.#readReplicates(input) }, (_, i) => run.seed + i);
      const plan: SweepPlan = {
        kind,
        base,
        axes: input.axes.map(readAxis),
        sampler: input.sample == null ? { kind: "grid" } : { kind: "random", count: input.sample.count, seed: input.sample.seed },
        seeds,
        earlyStopping: readEarlyStopping(input.earlyStopping, kind),
      };
      const { points, runs } = planSweep(plan, (path) => labelOfAxis(plan, path));
      checkAxisFields(plan);
      if (kind === "retraining" && runs.length > maxChains)
        throw new AppError("INVALID_INPUT", `A sweep of retraining chains has at most ${maxChains} runs, not ${runs.length}.`, {
          field: "axes",
        });
      const described = await describePoints(actor, { plan, points }, this.#options);
      checkHalving(plan.earlyStopping.halving, described);
      const given = checkLine(input.name ?? "", { field: "input.name", label: "A name", longest: sweepLimits.name.maximum });
      const name = given === "" ? nameOfSweep(plan) : given;
      const idempotencyKey = readIdempotencyKey(input.idempotencyKey ?? run.idempotencyKey);
      return { name, plan, points: described, runs, experimentId: run.experimentId, idempotencyKey };
    } catch (error) {
      throw inField(error);
    }
  }

  /** The axis labels and values of each point, as pages show them. */
  async #namePoints(actor: Actor, plan: SweepPlan, points: readonly DescribedPoint[]): Promise<NamedValue[][]> {
    const { models, photos } = this.#options;
    const loaders = {
      model: new DataLoader((ids: readonly string[]) => models.load(actor, ids)),
      photo: new DataLoader((ids: readonly string[]) => photos.load(actor, ids)),
    };
    const name = async (path: string, value: AxisValue): Promise<NamedValue> => {
      return { path, label: labelOfAxis(plan, path), value: await labelValue(path, value, loaders) };
    };
    return Promise.all(
      points.map(({ point }) => Promise.all(plan.axes.map(({ path }, axis) => name(path, point.values[axis] as AxisValue)))),
    );
  }

  #readReplicates({ replicates }: StartSweepInput): number {
    return readNumber(replicates, "replicates", sweepLimits.seeds) ?? 1;
  }
}
