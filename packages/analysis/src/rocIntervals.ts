/**
 * Intervals of how well a score separates two kinds of images, for other images of both kinds: other photographs of the data set, and other
 * fooling images of the same kind.
 */
import type { Interval } from "./bootstrap.ts";
import { cliffsDelta } from "./cliffsDelta.ts";
import { normalQuantile } from "./normalQuantile.ts";
import { falsePositiveRateAt } from "./rocCurve.ts";
import { wilsonInterval } from "./wilson.ts";

/** With fewer images of a kind, simulated intervals do not cover 93 to 97% (`npm run repro -- intervals`). */
export const fewestForArea = 3;

/**
 * Of the area under the curve, which is (delta + 1) / 2 with Cliff's delta: the same statistic and variance as DeLong, DeLong &
 * Clarke-Pearson (1988, "Comparing the areas under two or more correlated ROC curves"), with limits that stay within 0 and 1 and have a
 * width where the kinds do not overlap (Feng & Cliff 2004).
 * @returns null for fewer than three images of a kind.
 */
export function areaInterval(positives: readonly number[], negatives: readonly number[], confidence = 0.95): Interval | null {
  if (Math.min(positives.length, negatives.length) < fewestForArea) return null;
  const { estimate, low, high } = cliffsDelta(positives, negatives, normalQuantile((1 + confidence) / 2));
  const area = (delta: number): number => (delta + 1) / 2;
  return { estimate: area(estimate), low: area(low), high: area(high) };
}

/**
 * Of fewer positives, the smallest does not bound the threshold that 95% of all positives pass: .95 ^ 72 is .025. With fewer negatives,
 * simulated intervals cover 98%.
 */
export const fewestForRate = { positives: 72, negatives: 20 } as const;

/**
 * Of the false positive rate at this recall. Both kinds decide it: the positives place the threshold, whose limits are order statistics of
 * theirs (Conover 1999, "Practical nonparametric statistics", 3.2), interpolated to the level (Nyblom 1992), and of the negatives, a share passes it (Wilson's interval). The two
 * parts are combined by the squares of their distances from the estimate (Zou & Donner 2008, "Construction of confidence limits about effect
 * measures", Statistics in Medicine 27:1693), so the limits stay within 0 and 1.
 * @returns null for fewer than 20 negatives, and for positives too few for the confidence: for 95% at a recall of .95, fewer than 72.
 */
export function falsePositiveRateInterval(
  positives: readonly number[],
  negatives: readonly number[],
  { recall = 0.95, confidence = 0.95 } = {},
): Interval | null {
  const sorted = Float64Array.from(positives).sort();
  const ranks = quantileRanks(sorted.length, 1 - recall, confidence);
  if (ranks === null || negatives.length < fewestForRate.negatives) return null;
  const ascending = Float64Array.from(negatives).sort();
  const estimate = falsePositiveRateAt(positives, negatives, recall);
  const wilson = wilsonInterval(Math.round(estimate * negatives.length), negatives.length, confidence);
  const at = (place: number): number => passingShare(ascending, valueAt(sorted, place));
  const [most, middle, fewest] = [at(ranks.low), at((sorted.length - 1) * (1 - recall)), at(ranks.high)];
  return {
    estimate,
    low: Math.max(0, estimate - Math.hypot(estimate - wilson.low, Math.max(0, middle - fewest))),
    high: Math.min(1, estimate + Math.hypot(wilson.high - estimate, Math.max(0, most - middle))),
  };
}

/** Places in ascending order, from 0, between which the quantile lies; between two values as well. Null if the smallest is not low enough. */
function quantileRanks(count: number, probability: number, confidence: number): { readonly low: number; readonly high: number } | null {
  const tail = (1 - confidence) / 2;
  // P(X = k) of the number of values below the quantile.
  let term = (1 - probability) ** count;
  let below = 0;
  let low: number | null = null;
  for (let k = 0; k < count; k++) {
    const upTo = below + term;
    if (low === null && upTo > tail) {
      if (k === 0) return null;
      low = k - 1 + (tail - below) / term;
    }
    if (upTo >= 1 - tail) return low === null ? null : { low, high: Math.min(count - 1, k - 1 + (1 - tail - below) / term) };
    below = upTo;
    term *= ((count - k) / (k + 1)) * (probability / (1 - probability));
  }
  return low === null ? null : { low, high: count - 1 };
}

/** The share of values above a threshold, linear between neighbouring values: few negatives would move the share in large steps. */
function passingShare(ascending: Float64Array, threshold: number): number {
  const count = ascending.length;
  const above = ascending.findIndex((value) => value > threshold);
  if (above === -1) return 0;
  if (above === 0) return 1;
  const [low, high] = [ascending[above - 1] as number, ascending[above] as number];
  return (count - above + (high - threshold) / (high - low) - 0.5) / count;
}

function valueAt(sorted: Float64Array, place: number): number {
  const below = Math.floor(place);
  const low = sorted[below] as number;
  return low + ((sorted[Math.min(below + 1, sorted.length - 1)] as number) - low) * (place - below);
}
