/** Perturbation: attacks on an image, one per bound. */
import { integer, list, number, optional, record, text } from "../documentShape.ts";
import { leastChange } from "../norm.ts";
import { evaluationGoalField } from "./evaluationGoal.ts";
import { cropOf, type PlanSource, planSourceOf, sourceFields } from "./planSource.ts";
import type { Limits, RunKindDefinition, StoredPlan } from "./runKind.ts";

export interface PerturbationPlan {
  /** ID of the attack. */
  readonly method: string;
  /** In grey levels of the attack's norm, ascending; empty for a single attack, with the bound of its parameters or the smallest change. */
  readonly bounds: readonly number[];
  /** The target class; null for any other class. */
  readonly target: number | null;
  /** Maximum number of evaluations of all attacks. */
  readonly evaluationGoal: number;
  /** Null once the image is deleted. */
  readonly source: PlanSource | null;
}

export interface PlannedPerturbation {
  readonly kind: "perturbation";
  readonly plan: PerturbationPlan;
}

export const perturbationLimits = {
  bounds: { minimum: 1, maximum: 64 },
  /** Of one bound, in grey levels. */
  bound: { minimum: leastChange, maximum: 100_000 },
} as const satisfies Readonly<Record<string, Limits>>;

/** Number of attacks of a run: one per bound, or a single one without bounds. */
export function countAttacks({ bounds }: Pick<PerturbationPlan, "bounds">): number {
  return Math.max(1, bounds.length);
}

/** Maximum number of evaluations of one attack. */
export function evaluationsPerAttack(plan: Pick<PerturbationPlan, "bounds" | "evaluationGoal">): number {
  return Math.floor(plan.evaluationGoal / countAttacks(plan));
}

const planShape = record({
  method: text,
  bounds: list(number),
  target: optional(integer),
  evaluationGoal: integer,
  crop: optional(list(number)),
});

function parse({ document, sourceSha256 }: StoredPlan): PlannedPerturbation {
  const { crop, ...plan } = planShape(document, "plan");
  return { kind: "perturbation", plan: { ...plan, source: planSourceOf(sourceSha256, crop) } };
}

export const perturbation: RunKindDefinition<PlannedPerturbation, PlannedPerturbation> = {
  id: "perturbation",
  label: "Perturbation",
  description: "Changes a photograph as little as possible so that the network's label changes.",
  // Reached the target, or without one changed the label; runs of both rules are counted together.
  outcome: { unit: "attacks", reachedMeans: "succeeded", isMeasured: true },
  planFields: {
    method: [{ listedAs: "method" }],
    bounds: [
      {
        name: "bounds",
        type: "list",
        label: "Bounds",
        description: "Its bounds in grey levels of the attack's norm; none for a single attack.",
        place: ["bounds"],
      },
    ],
    target: [
      {
        name: "target",
        type: "number",
        label: "Target",
        description: "Index of its target class; none for any other class.",
        place: ["target"],
      },
    ],
    evaluationGoal: [evaluationGoalField],
    source: sourceFields,
  },
  restoredAs: "PAUSED",
  parse,
  parseOutline: parse,
  serialise: ({ plan: { method, bounds, target, evaluationGoal, source } }) => ({
    document: { method, bounds, target, evaluationGoal, crop: cropOf(source) },
    sourceSha256: source?.sha256 ?? null,
  }),
  methodOf: ({ plan }) => plan.method,
  countEvaluations: ({ plan }) => plan.evaluationGoal,
  resource: { unit: "evaluations", maximumOf: ({ evaluationGoal }) => evaluationGoal },
  countNiches: ({ plan }) => countAttacks(plan),
};
