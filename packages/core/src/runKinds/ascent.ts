/** Gradient ascent: one trajectory per class and start image, and per configuration in a random search. */
import { AppError } from "../appError.ts";
import { integer, list, number, optional, record, type Shape, text } from "../documentShape.ts";
import type { Parameters, ParameterValue } from "../parameterSpec.ts";
import { fewestConfigurations, maxConfigurations } from "../randomSearch.ts";
import { evaluationGoalField } from "./evaluationGoal.ts";
import { cropOf, type PlanSource, planSourceOf, sourceFields } from "./planSource.ts";
import type { Limits, RunKindDefinition, StoredPlan } from "./runKind.ts";

interface AscentBasics {
  /** ID of the ascent. */
  readonly method: string;
  /** Target classes, without repetition. */
  readonly classes: readonly number[];
  /** Start images per class. */
  readonly starts: number;
  /** Maximum number of evaluations of all trajectories. */
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
  configurations: { minimum: fewestConfigurations, maximum: maxConfigurations },
  /** Over all configurations; keeps the number of evaluations below 2^31. */
  trajectories: { minimum: 1, maximum: 10_000 },
} as const satisfies Readonly<Record<string, Limits>>;

export const defaultClasses = 10;
export const defaultStarts = 1;

/** Number of trajectories of all configurations. */
export function countTrajectories({ classes, starts, search }: AscentOutline): number {
  return classes.length * starts * (search?.configurationCount ?? 1);
}

/** Maximum number of evaluations: `iterations` of each configuration, for every class and start. */
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

const parametersShape: Shape<Parameters> = (value, path) => {
  if (isParameters(value)) return value;
  throw new AppError("CORRUPT_DATA", `A stored document is damaged: ${path} is not a set of parameters.`);
};

const basicsShape = record({
  method: text,
  classes: list(integer),
  starts: integer,
  evaluationGoal: integer,
  crop: optional(list(number)),
});
/** Null in a plan without a search. An outline has the number of configurations instead of the configurations. */
const searchedShape = record({ searched: optional(list(text)) });
const configurationsShape = record({ configurations: list(parametersShape) });
const countShape = record({ configurationCount: integer });

function parseBasics({ document, sourceSha256 }: StoredPlan): AscentBasics {
  const { crop, ...basics } = basicsShape(document, "plan");
  return { ...basics, source: planSourceOf(sourceSha256, crop) };
}

/** The search of a stored plan, or null. @throws AppError CORRUPT_DATA. */
export function readSearch(document: unknown): AscentSearch | null {
  const { searched } = searchedShape(document, "plan");
  return searched === null ? null : { searched, ...configurationsShape(document, "plan") };
}

function parse(stored: StoredPlan): PlannedAscent {
  return { kind: "ascent", plan: { ...parseBasics(stored), search: readSearch(stored.document) } };
}

function parseOutline(stored: StoredPlan): OutlinedAscent {
  const { searched } = searchedShape(stored.document, "plan");
  const search = searched === null ? null : { searched, ...countShape(stored.document, "plan") };
  return { kind: "ascent", plan: { ...parseBasics(stored), search } };
}

export const ascent: RunKindDefinition<PlannedAscent, OutlinedAscent> = {
  id: "ascent",
  label: "Gradient ascent",
  description: "Follows the network's gradient from start images: one trajectory per class, start image and configuration.",
  outcome: { unit: "trajectories", reachedMeans: "≥ .9999", isMeasured: true },
  planFields: {
    method: [{ listedAs: "method" }],
    classes: [{ name: "classes", type: "list", label: "Classes", description: "Indices of its target classes.", place: ["classes"] }],
    starts: [{ name: "starts", type: "number", label: "Starts", description: "Start images for each class.", place: ["starts"] }],
    evaluationGoal: [evaluationGoalField],
    source: sourceFields,
    search: [
      {
        name: "searched",
        type: "list",
        label: "Searched",
        description: "Names of the parameters that its random search draws.",
        place: ["searched"],
      },
      {
        name: "configurations",
        type: "count",
        label: "Configurations",
        description: "Number of configurations of its random search.",
        place: ["configurations"],
      },
    ],
  },
  restoredAs: "PAUSED",
  parse,
  parseOutline,
  serialise: ({ plan: { method, classes, starts, evaluationGoal, source, search } }) => ({
    document: { method, classes, starts, evaluationGoal, crop: cropOf(source), ...search },
    sourceSha256: source?.sha256 ?? null,
  }),
  methodOf: ({ plan }) => plan.method,
  countEvaluations: ({ plan }) => plan.evaluationGoal,
  resource: { unit: "evaluations", maximumOf: ({ evaluationGoal }) => evaluationGoal },
  countNiches: ({ plan }) => countTrajectories(plan),
};
