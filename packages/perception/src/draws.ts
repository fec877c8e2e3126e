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

/** `shuffled(upTo(count), random)`, faster for many numbers. */
export function permutation(count: number, random: Random): Int32Array {
  const result = new Int32Array(count);
  for (let index = 0; index < count; index++) result[index] = index;
  for (let last = count - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const moved = result[last] as number;
    result[last] = result[other] as number;
    result[other] = moved;
  }
  return result;
}
