/** Draws that trials and resampling share. They use whole numbers only, so every JavaScript engine draws the same numbers. */
import type { Random } from "@pareidolia/core/random";

/** A random permutation of the list (Fisher & Yates). */
export function shuffled<T>(list: readonly T[], random: Random): T[] {
  const result = [...list];
  for (let last = result.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}

/** The numbers 0 to `count` - 1. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
