/** Draws that trials and resampling share. They use whole numbers only, so every JavaScript engine draws the same numbers. */
import type { Random } from "@pareidolia/core/random";

/** A random permutation of the list (Fisher & Yates). */
export function shuffled<T>(list: readonly T[], random: Random): T[] {
  return shuffle([...list], random);
}

/** `shuffled` in place, for lists that are not used besides. */
export function shuffle<T>(list: T[], random: Random): T[] {
  for (let last = list.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const moved = list[last] as T;
    list[last] = list[other] as T;
    list[other] = moved;
  }
  return list;
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
