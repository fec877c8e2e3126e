/** What a perturbation's charts draw: confidence in what was wished for, and success along the length of the change. */
import type { PerturbationRow } from "./results.ts";

/** On the stored image: in the target, or, where there is none, in any class but the original's. */
export function wishedConfidence(row: Pick<PerturbationRow, "storedTargetConfidence" | "storedOriginalConfidence">): number {
  return row.storedTargetConfidence ?? 1 - row.storedOriginalConfidence;
}

export interface SuccessStep {
  /** Euclidean, in grey levels. */
  readonly length: number;
  /** Of all results, those that succeed with a change no longer than that. */
  readonly share: number;
}

/** Of attacks that make the change as short as they can: where the share of successes, 0 from length 0 on, rises, by length. */
export function successSteps(rows: readonly Pick<PerturbationRow, "success" | "l2">[]): readonly SuccessStep[] {
  const lengths = rows.filter(({ success }) => success).map(({ l2 }) => l2);
  return [...new Set(lengths)]
    .sort((a, b) => a - b)
    .map((length) => ({ length, share: lengths.filter((other) => other <= length).length / rows.length }));
}
