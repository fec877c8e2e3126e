/**
 * Confidences in nines, -log10(1 - p): 1 at .9, 2 at .99. Means, intervals and differences of confidences near 1 are taken in nines, since
 * equal factors of 1 - p are equally far apart there.
 */

/** Half the gap between 1 and the largest float32 below it: a confidence of 1 counts as this far from 1. */
const leastMiss = 2 ** -25;

/** 0 to 7.53. */
export function toNines(confidence: number): number {
  return -Math.log10(Math.max(leastMiss, 1 - confidence));
}

export function fromNines(nines: number): number {
  return 1 - 10 ** -nines;
}

/** What nines can be. */
export const ninesRange = { lowest: 0, highest: toNines(1) } as const;
