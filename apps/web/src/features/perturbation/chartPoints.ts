/** The data of a perturbation's charts: confidence in the attack's goal, and success by the length of the change. */
import type { PerturbationRow } from "./results.ts";

/** Confidence of the stored image in the target or, without a target, in any class except the original's. */
export function goalConfidence(row: Pick<PerturbationRow, "storedTargetConfidence" | "storedOriginalConfidence">): number {
  return row.storedTargetConfidence ?? 1 - row.storedOriginalConfidence;
}

export interface SuccessStep {
  /** Euclidean length of the change, in grey levels. */
  readonly length: number;
  /** Share of all results that succeed with a change of at most this length. */
  readonly share: number;
}

/** The lengths at which the share of successes rises from 0, in ascending order, for attacks that minimise the change. */
export function successSteps(rows: readonly Pick<PerturbationRow, "success" | "l2">[]): readonly SuccessStep[] {
  const lengths = rows.filter(({ success }) => success).map(({ l2 }) => l2);
  return [...new Set(lengths)]
    .sort((a, b) => a - b)
    .map((length) => ({ length, share: lengths.filter((other) => other <= length).length / rows.length }));
}
