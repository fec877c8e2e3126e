/** Checks the row of a run: this product must be able to start a run with its kind, plan and settings. */
import { AppError } from "@pareidolia/core/appError";
import { maxFramedSide } from "@pareidolia/core/crops";
import { ascentLimits, countTrajectories } from "@pareidolia/core/runKinds/ascent";
import { evolutionLimits } from "@pareidolia/core/runKinds/evolution";
import { countAttacks, perturbationLimits } from "@pareidolia/core/runKinds/perturbation";
import { getRunKind, isRunKind, type Planned, type RunKind, whyNotComputed } from "@pareidolia/core/runKinds/registry";
import { countNetworks, retrainingLimits } from "@pareidolia/core/runKinds/retraining";
import { type Limits, mostEvaluations, type SerialisedPlan, seedLimits } from "@pareidolia/core/runKinds/runKind";
import { type RunState, runStates } from "@pareidolia/core/runState";
import { earlyStops } from "@pareidolia/core/sweep/sweepState";
import type { RowOf } from "../bundleTables.ts";
import { maxFigure as largestForeignFigure } from "../imports/figureLimits.ts";
import { importLimits } from "../imports/foreignData.ts";
import { maxFigure, notRestorable, requireRange, requireShare } from "./notRestorable.ts";

/** A number of a plan, such as "generations", and what launching a run allows it to be. */
type PlannedNumber = readonly [name: string, value: number, limits: Limits];

/** What a plan allows in the tables of results. */
interface PlannedResults {
  readonly numbers: readonly PlannedNumber[];
  /** The last generation; -1 for kinds without generations. */
  readonly generations: number;
  /** Encoding of its genomes; null for kinds without genomes. */
  readonly encoding: string | null;
  readonly attacks: number;
  readonly links: number;
  /** Null for kinds without trajectories. */
  readonly trajectories: { has(configuration: number, target: number, start: number): boolean } | null;
}

export interface CheckedRun extends PlannedResults {
  readonly row: RowOf<"runs">;
}

const noResults: PlannedResults = { numbers: [], generations: -1, encoding: null, attacks: 0, links: 0, trajectories: null };

const resultsOfKind: { readonly [Kind in RunKind]: (planned: Planned<Kind>) => PlannedResults } = {
  evolution: ({ plan: { generations, offspring, encoding } }) => ({
    ...noResults,
    numbers: [
      ["generations", generations, evolutionLimits.generations],
      ["offspring", offspring, evolutionLimits.offspring],
    ],
    generations,
    encoding,
  }),
  ascent: (planned) => ({
    ...noResults,
    numbers: [
      ["classes", planned.plan.classes.length, ascentLimits.classes],
      ["starts", planned.plan.starts, ascentLimits.starts],
    ],
    trajectories: addressesOf(planned),
  }),
  perturbation: ({ plan }) => ({
    ...noResults,
    // Without bounds, a run looks for the smallest change.
    numbers: [["bounds", plan.bounds.length, { ...perturbationLimits.bounds, minimum: 0 }]],
    attacks: countAttacks(plan),
  }),
  retraining: ({ plan }) => ({
    ...noResults,
    numbers: [["iterations", plan.iterations, retrainingLimits.iterations]],
    links: countNetworks(plan),
  }),
  imported: ({ plan: { imageCount, curve, metrics, histories } }) => {
    const figures = [
      ...Object.values(metrics),
      ...curve.flatMap(({ median, mean, minimum, maximum }) => [median, mean, minimum, maximum]),
      ...histories.flatMap(({ steps, values }) => [...steps, ...values]),
    ];
    if (histories.some(({ steps, values }) => steps.length !== values.length || steps.length > importLimits.historyPoints))
      throw notRestorable("a curve of an imported run has too many points, or a step without a value");
    for (const figure of figures) requireRange(figure, [-largestForeignFigure, largestForeignFigure], "A figure of an imported run");
    return {
      ...noResults,
      numbers: [
        ["images", imageCount, { minimum: 0, maximum: importLimits.images }],
        ["points of the curve", curve.length, { minimum: 0, maximum: importLimits.curve }],
        ["metrics", Object.keys(metrics).length, { minimum: 0, maximum: importLimits.metrics }],
        ["metrics with curves", histories.length, { minimum: 0, maximum: importLimits.histories }],
      ],
    };
  },
};

function resultsOf<Kind extends RunKind>(planned: Planned<Kind> & { readonly kind: Kind }): PlannedResults {
  return resultsOfKind[planned.kind](planned);
}

export function isRunState(state: string): state is RunState {
  return (runStates as readonly string[]).includes(state);
}

const maxNameLength = 120;
const maxTextLength = 100_000;

/** @throws AppError CORRUPT_DATA. */
export function checkRun(row: RowOf<"runs">, model: RowOf<"models">): CheckedRun {
  const name = `run ${row.run}`;
  const { kind } = row;
  if (!isRunKind(kind)) throw notRestorable(`${name} is of a kind that this version does not know`);
  if (!isRunState(row.state)) throw notRestorable(`${name} has no known state`);
  const planned = planOf(row);
  const { method, evaluations, document } = settingsOf(planned);
  const results = resultsOf(planned);
  if (method !== row.method) throw notRestorable(`the method of ${name} is not that of its plan`);
  requireRange(row.seed, [seedLimits.minimum, seedLimits.maximum], `The seed of ${name}`);
  requireRange(evaluations, [0, mostEvaluations], `The number of evaluations in the plan of ${name}`);
  for (const [what, value, { minimum, maximum }] of results.numbers)
    requireRange(value, [minimum, maximum], `The number of ${what} in the plan of ${name}`);
  const unknown = Object.keys(row.plan as object).find((part) => !Object.hasOwn(document, part));
  if (unknown !== undefined) throw notRestorable(`the plan of ${name} has "${unknown.slice(0, 80)}", which no such plan has`);
  requireRange(row.evaluations, [0, mostEvaluations], `The number of evaluations of ${name}`);
  requireRange(row.generation, [-1, results.generations], `The generation of ${name}`);
  requireRange(row.fooling_count, [0, mostEvaluations], `The number of fooling images of ${name}`);
  requireRange(row.compute_seconds, [0, maxFigure], `The seconds of ${name}`);
  if (row.median !== null) requireShare(row.median, `The median of ${name}`);
  for (const origin of [row.forked_from, row.rerun_of])
    if (origin !== null && origin >= row.run) throw notRestorable(`${name} comes from a run that is not before it`);
  if (row.forked_from !== null && row.fork_generation === null) throw notRestorable(`${name} is a fork without a generation`);
  if (row.name.length > maxNameLength || row.notes.length > maxTextLength)
    throw notRestorable(`${name} has a name or notes that are too long`);
  if (model.origin === "import" && whyNotComputed(kind) === null) throw notRestorable(`${name} has an unknown network`);
  if (row.stopped_by !== null && !(earlyStops as readonly string[]).includes(row.stopped_by))
    throw notRestorable(`${name} was stopped by an unknown rule`);
  checkSettings(row, model, name);
  return { row, ...results };
}

/** The encoding of a run's genomes; null for kinds without genomes. @throws AppError CORRUPT_DATA for a plan of another shape. */
export function encodingOf(row: RowOf<"runs">): string | null {
  return resultsOf(planOf(row)).encoding;
}

/** The complete plan. @throws AppError CORRUPT_DATA for a plan of another shape. */
function planOf({ run, kind, plan, source_image: sourceSha256 }: RowOf<"runs">): Planned {
  if (!isRunKind(kind)) throw notRestorable(`run ${run} is of a kind that this version does not know`);
  return getRunKind(kind).parse({ document: plan, sourceSha256 });
}

function settingsOf(planned: Planned): {
  readonly method: string;
  readonly evaluations: number;
  /** As this product stores the plan. */
  readonly document: SerialisedPlan["document"];
} {
  const { methodOf, countEvaluations, serialise } = getRunKind(planned.kind) as {
    methodOf(run: Planned): string;
    countEvaluations(run: Planned): number;
    serialise(run: Planned): SerialisedPlan;
  };
  return { method: methodOf(planned), evaluations: countEvaluations(planned), document: serialise(planned).document };
}

function addressesOf({ plan: { classes, starts, search } }: Planned<"ascent">): CheckedRun["trajectories"] {
  const configurations = search?.configurations.length ?? 1;
  const count = countTrajectories({
    method: "",
    classes,
    starts,
    evaluationGoal: 0,
    source: null,
    search: search === null ? null : { searched: search.searched, configurationCount: configurations },
  });
  requireRange(count, [ascentLimits.trajectories.minimum, ascentLimits.trajectories.maximum], "The number of trajectories of a plan");
  const known = new Set(classes);
  return {
    has: (configuration, target, start) =>
      configuration >= 0 && configuration < configurations && known.has(target) && start >= 0 && start < starts,
  };
}

function checkSettings({ parameters, framing, manifest }: RowOf<"runs">, { width, height }: RowOf<"models">, name: string): void {
  const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  const isScalar = (value: unknown): boolean => ["string", "number", "boolean"].includes(typeof value);
  if (!isObject(parameters) || !Object.values(parameters).every((value) => isScalar(value) || value === null))
    throw notRestorable(`${name} has parameters that no run has`);
  if (manifest !== null && !isObject(manifest)) throw notRestorable(`${name} has a manifest that no run has`);
  if (!isObject(framing)) throw new AppError("CORRUPT_DATA", `This export cannot be restored: ${name} has no framing.`);
  const { kind, count, imageSize } = framing;
  const isCrops = kind === "crops" && (count === 1 || count === 10) && Number.isInteger(imageSize);
  if (kind !== "whole" && !isCrops) throw notRestorable(`${name} has an unknown framing`);
  if (isCrops) requireRange(imageSize as number, [Math.max(width, height), maxFramedSide], `The size of images of ${name}`);
}
