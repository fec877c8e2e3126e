/** Evolution: MAP-Elites on genomes, generation by generation. */

import { integer, record, text } from "../documentShape.ts";
import { type Limits, mostEvaluations, type RunKindDefinition } from "./runKind.ts";

export interface EvolutionPlan {
  /** ID of the encoding. */
  readonly encoding: string;
  /** Generations after generation 0. */
  readonly generations: number;
  /** Individuals in each generation; even. */
  readonly offspring: number;
}

export interface PlannedEvolution {
  readonly kind: "evolution";
  readonly plan: EvolutionPlan;
}

export interface OutlinedEvolution extends PlannedEvolution {
  /** The last generation in the checkpoint; null before the first one. */
  readonly generation: number | null;
}

export const evolutionLimits = {
  generations: { minimum: 1, maximum: 100_000 },
  offspring: { minimum: 2, maximum: 2_000 },
  evaluations: { minimum: 1, maximum: mostEvaluations },
} as const satisfies Readonly<Record<string, Limits>>;

export const defaultOffspring = 200;

/** Number of evaluations of an evolution, including generation 0. */
export function evaluationsOfEvolution({ generations, offspring }: Pick<EvolutionPlan, "generations" | "offspring">): number {
  return offspring * (generations + 1);
}

const planShape = record<EvolutionPlan>({ encoding: text, generations: integer, offspring: integer });

export const evolution: RunKindDefinition<PlannedEvolution, OutlinedEvolution> = {
  id: "evolution",
  label: "Evolution",
  description: "MAP-Elites on genomes that encode images, with one niche per class.",
  outcome: { unit: "classes", reachedMeans: "≥ .9999", isMeasured: true },
  planFields: {
    encoding: [{ listedAs: "encoding" }],
    generations: [
      {
        name: "generations",
        type: "number",
        label: "Generations",
        description: "Generations after generation 0.",
        place: ["generations"],
      },
    ],
    offspring: [
      { name: "offspring", type: "number", label: "Offspring", description: "Individuals in each generation.", place: ["offspring"] },
    ],
  },
  restoredAs: "PAUSED",
  parse: ({ document }) => ({ kind: "evolution", plan: planShape(document, "plan") }),
  parseOutline: ({ document, generation }) => ({
    kind: "evolution",
    plan: planShape(document, "plan"),
    generation: generation < 0 ? null : generation,
  }),
  serialise: ({ plan: { encoding, generations, offspring } }) => ({
    document: { encoding, generations, offspring },
    sourceSha256: null,
  }),
  methodOf: ({ plan }) => plan.encoding,
  countEvaluations: ({ plan }) => evaluationsOfEvolution(plan),
  resource: { unit: "generations", maximumOf: ({ generations }) => generations },
  countNiches: (_, classes) => classes,
};
