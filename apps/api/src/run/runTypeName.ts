/** The GraphQL type of each kind of run. */
import type { RunKind } from "@pareidolia/core/runKinds/registry";

export const runTypeNames = {
  evolution: "EvolutionRun",
  ascent: "AscentRun",
  perturbation: "PerturbationRun",
  retraining: "RetrainingRun",
  imported: "ImportedRun",
} as const satisfies Readonly<Record<RunKind, string>>;
