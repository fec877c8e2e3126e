/** Retraining chain (the paper, section 3.6): alternately trains a network and evolves images that fool it. */
import { integer, record, text } from "../documentShape.ts";
import type { Parameters } from "../parameterSpec.ts";
import { evaluationGoalField } from "./evaluationGoal.ts";
import { type Limits, mostEvaluations, type RunKindDefinition, type StoredPlan } from "./runKind.ts";

export interface RetrainingPlan {
  /** ID of the recipe. */
  readonly method: string;
  /** ID of the data set. */
  readonly dataset: string;
  /** Number n of retrained networks: DNN_2 to DNN_(n + 1). */
  readonly iterations: number;
  /** Evaluations against all networks. */
  readonly evaluationGoal: number;
}

export interface PlannedRetraining {
  readonly kind: "retraining";
  readonly plan: RetrainingPlan;
}

export const retrainingLimits = {
  iterations: { minimum: 1, maximum: 15 },
  evaluations: { minimum: 1, maximum: mostEvaluations },
  /** Length of a chain's name in characters. */
  name: { minimum: 1, maximum: 200 },
} as const satisfies Readonly<Record<string, Limits>>;

/** Number of networks of a chain, including the first. */
export function countNetworks({ iterations }: Pick<RetrainingPlan, "iterations">): number {
  return iterations + 1;
}

/** Evaluations against one network. */
export function evaluationsPerNetwork(plan: Pick<RetrainingPlan, "iterations" | "evaluationGoal">): number {
  return Math.round(plan.evaluationGoal / countNetworks(plan));
}

/** Evaluations against all networks: `runs` evolutions against each. */
export function evaluationsOfChain({ parameters, iterations }: { readonly parameters: Parameters; readonly iterations: number }): number {
  const { offspring, generations, runs } = parameters;
  return Number(offspring) * (Number(generations) + 1) * Number(runs) * countNetworks({ iterations });
}

const planShape = record<RetrainingPlan>({ method: text, dataset: text, iterations: integer, evaluationGoal: integer });

function parse({ document }: StoredPlan): PlannedRetraining {
  return { kind: "retraining", plan: planShape(document, "plan") };
}

export const retraining: RunKindDefinition<PlannedRetraining, PlannedRetraining> = {
  id: "retraining",
  label: "Retraining chain",
  description: "Repeatedly retrains the network with a class for fooling images, and evolves images that fool the new network.",
  outcome: { unit: "networks", reachedMeans: "trained and fooled ≥ .9999", isMeasured: true },
  planFields: {
    method: [{ listedAs: "method" }],
    dataset: [{ name: "dataset", type: "text", label: "Data set", description: "The data set of a chain.", place: ["dataset"] }],
    iterations: [
      {
        name: "iterations",
        type: "number",
        label: "Iterations",
        description: "Number of retrained networks.",
        place: ["iterations"],
      },
    ],
    evaluationGoal: [evaluationGoalField],
  },
  restoredAs: "PAUSED",
  resumesFromNetworks: true,
  parse,
  parseOutline: parse,
  serialise: ({ plan: { method, dataset, iterations, evaluationGoal } }) => ({
    document: { method, dataset, iterations, evaluationGoal },
    sourceSha256: null,
  }),
  methodOf: ({ plan }) => plan.method,
  countEvaluations: ({ plan }) => plan.evaluationGoal,
  resource: null,
  countNiches: ({ plan }) => countNetworks(plan),
};
