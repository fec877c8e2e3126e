/**
 * The interval of a mean by Student's t: exact for normal values, and close for means of many. Of values within bounds, the interval stays
 * within them: of a share of a maximum, such as a number of classes, it is Wilson's with the effective sample size of such values
 * (`clusteredShare`), which is skewed towards the middle as these values are; otherwise it is cut at the bounds.
 */
import { undefinedBecause } from "../agreement/coefficient.ts";
import { studentCriticalValue } from "../numbers/studentDistribution.ts";
import type { BoundsOrReason } from "./bounds.ts";
import { clusteredShareBounds, fewestClusters } from "./clusteredShare.ts";

/** What values can be. Null for no limit. */
export interface ValueRange {
  readonly lowest: number | null;
  readonly highest: number | null;
  /** Whether they are shares of the highest, such as numbers of classes, whose spread shrinks towards both ends. */
  readonly isShare?: boolean;
}

export const unlimited: ValueRange = { lowest: null, highest: null };

export interface Moments {
  readonly count: number;
  readonly mean: number;
  /** The standard deviation, with count - 1. */
  readonly deviation: number;
}

/** @param values at least one; the deviation of one value is 0. */
export function momentsOf(values: readonly number[]): Moments {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { count, mean, deviation: count === 1 ? 0 : Math.sqrt(squares / (count - 1)) };
}

export function meanInterval({ count, mean, deviation }: Moments, range: ValueRange = unlimited, confidence = 0.95): BoundsOrReason {
  const { lowest, highest, isShare = false } = range;
  const fewest = isShare ? fewestClusters : 2;
  if (count < fewest) return undefinedBecause(`A 95% interval of the mean needs at least ${fewest} values.`);
  if (!(deviation > 0)) return undefinedBecause("All values are equal, so nothing shows how much others would vary.");
  const critical = studentCriticalValue(confidence, count - 1);
  const variance = deviation ** 2 / count;
  if (isShare && highest !== null) {
    const of = { share: Math.min(1, mean / highest), variance: variance / highest ** 2, votes: Number.POSITIVE_INFINITY };
    const { low, high } = clusteredShareBounds(of, critical);
    return { defined: true, low: low * highest, high: high * highest };
  }
  const half = critical * Math.sqrt(variance);
  return {
    defined: true,
    low: Math.max(lowest ?? Number.NEGATIVE_INFINITY, mean - half),
    high: Math.min(highest ?? Number.POSITIVE_INFINITY, mean + half),
  };
}
