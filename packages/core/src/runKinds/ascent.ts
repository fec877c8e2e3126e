/** Gradient ascent: one trajectory per class and start image, and per configuration in a random search. */
import type { Parameters, ParameterValue } from "../parameterSpec.ts";
import { fewestConfigurations, mostConfigurations } from "../randomSearch.ts";
import { PlanReader } from "./planReader.ts";
import { cropOf, type PlanSource, readPlanSource } from "./planSource.ts";
import type { Limits, RunKindDefinition, StoredPlan } from "./runKind.ts";

interface AscentBasics {
  /** Id of the ascent. */
  readonly method: string;
  /** The classes to climb towards, each once. */
  readonly classes: readonly number[];
  /** Start images per class. */
  readonly starts: number;
  /** Evaluations of all trajectories at most. */
  readonly evaluationGoal: number;
  /** Null unless the ascent starts from an image. */
  readonly source: PlanSource | null;
}

export interface AscentSearch {
  /** Names of the drawn parameters, in the order of the search space. */
  readonly searched: readonly string[];
  /** Each configuration's complete parameters. */
  readonly configurations: readonly Parameters[];
}

export interface AscentPlan extends AscentBasics {
  /** Null for a run with one configuration: its own parameters. */
  readonly search: AscentSearch | null;
}

export interface AscentOutline extends AscentBasics {
  readonly search: { readonly searched: readonly string[]; readonly configurationCount: number } | null;
}

export interface PlannedAscent {
  readonly kind: "ascent";
  readonly plan: AscentPlan;
}

export interface OutlinedAscent {
  readonly kind: "ascent";
  readonly plan: AscentOutline;
}

export const ascentLimits = {
  classes: { minimum: 1, maximum: 100 },
  /** Per class. */
  starts: { minimum: 1, maximum: 100 },
  configurations: { minimum: fewestConfigurations, maximum: mostConfigurations },
  /** Over all configurations; keeps the number of evaluations below 2^31. */
  trajectories: { minimum: 1, maximum: 10_000 },
} as const satisfies Readonly<Record<string, Limits>>;

export const defaultClasses = 10;
export const defaultStarts = 1;

/** Trajectories of all configurations. */
export function countTrajectories({ classes, starts, search }: AscentOutline): number {
  return classes.length * starts * (search?.configurationCount ?? 1);
}

/** Evaluations of all trajectories at most: `iterations` of each configuration, for every class and start. */
export function evaluationsOfAscent({
  classes,
  starts,
  configurations,
}: Pick<AscentPlan, "classes" | "starts"> & { readonly configurations: readonly Parameters[] }): number {
  const iterations = configurations.reduce((sum, parameters) => sum + Number(parameters["iterations"]), 0);
  return classes.length * starts * iterations;
}

function isParameterValue(value: unknown): value is ParameterValue {
  return typeof value === "number" || typeof value === "string" || typeof value === "boolean";
}

function isParameters(value: unknown): value is Parameters {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(isParameterValue);
}

/** The configurations of a search's stored plan. @throws AppError CORRUPT_DATA. */
export function readSearch(document: unknown): AscentSearch | null {
  const reader = new PlanReader("ascent", document);
  if (!reader.has("searched")) return null;
  return {
    searched: reader.texts("searched"),
    configurations: reader.items("configurations", (value) => (isParameters(value) ? value : undefined)),
  };
}

function readBasics(reader: PlanReader, sourceSha256: string | null): AscentBasics {
  return {
    method: reader.text("method"),
    classes: reader.wholeNumbers("classes"),
    starts: reader.wholeNumber("starts"),
    evaluationGoal: reader.wholeNumber("evaluationGoal"),
    source: readPlanSource(reader, sourceSha256),
  };
}

function parse({ document, sourceSha256 }: StoredPlan): PlannedAscent {
  const reader = new PlanReader("ascent", document);
  return { kind: "ascent", plan: { ...readBasics(reader, sourceSha256), search: readSearch(document) } };
}

/** The document names the number of configurations in place of the configurations. */
function parseOutline({ document, sourceSha256 }: StoredPlan): OutlinedAscent {
  const reader = new PlanReader("ascent", document);
  const search = reader.has("searched")
    ? { searched: reader.texts("searched"), configurationCount: reader.wholeNumber("configurationCount") }
    : null;
  return { kind: "ascent", plan: { ...readBasics(reader, sourceSha256), search } };
}

export const ascent: RunKindDefinition<PlannedAscent, OutlinedAscent> = {
  id: "ascent",
  label: "Gradient ascent",
  description: "Follows the network's own gradient from a start image, one trajectory a class.",
  outcome: { unit: "trajectories", reachedMeans: "≥ .9999" },
  parse,
  parseOutline,
  serialise: ({ plan: { method, classes, starts, evaluationGoal, source, search } }) => ({
    document: { method, classes, starts, evaluationGoal, crop: cropOf(source), ...search },
    sourceSha256: source?.sha256 ?? null,
  }),
  methodOf: ({ plan }) => plan.method,
  countEvaluations: ({ plan }) => plan.evaluationGoal,
  countNiches: ({ plan }) => countTrajectories(plan),
};
