/**
 * The interval of a median from order statistics (Thompson 1936, "On confidence ranges for the median and other expectation distributions"),
 * interpolated between the two pairs whose levels are nearest (Hettmansperger & Sheather 1986, "Confidence intervals based on interpolated
 * order statistics"). It assumes nothing about the distribution but that it is continuous, and lies between the smallest and largest value.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Interval } from "./bootstrap.ts";
import { quantileOfSorted } from "./quantile.ts";

/** The smallest and the largest of five values contain the median with a probability of 93.75% only. */
export const fewestForMedian = 6;

/**
 * Order statistics with a level this close above the confidence are not interpolated: of six values from a skewed distribution, an
 * interpolated interval covers 92.9% only.
 */
const closeEnough = 0.02;

/** With more values, 1 / 2^values underflows. */
const maximumValues = 1000;

/** @returns null for values too few for the confidence: for 95%, fewer than six. @throws AppError INVALID_INPUT for no values or NaN. */
export function medianInterval(values: readonly number[], confidence = 0.95): Interval | null {
  if (values.length > maximumValues) throw new AppError("INVALID_INPUT", `A median's interval takes up to ${maximumValues} values.`);
  if (values.length === 0 || values.some(Number.isNaN))
    throw new AppError("INVALID_INPUT", "The median needs at least one value, and no NaN.");
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  const estimate = quantileOfSorted(sorted, 0.5);
  let rank = 0;
  let level = 1;
  let inner: number | null = null;
  // The largest rank from both ends whose level is enough: P(rank <= X <= n - rank) of X values below the median.
  let term = 0.5 ** n;
  let below = 0;
  while (2 * (rank + 1) <= n) {
    below += term;
    term *= (n - rank) / (rank + 1);
    const next = 1 - 2 * below;
    if (next < confidence) {
      inner = next;
      break;
    }
    rank++;
    level = next;
  }
  if (rank === 0) return null;
  const share = inner === null || level - confidence <= closeEnough ? 0 : (level - confidence) / (level - inner);
  const weight = ((n - rank) * share) / (rank + (n - 2 * rank) * share);
  const between = (outer: number, nearer: number): number =>
    weight === 0 ? (sorted[outer] as number) : (1 - weight) * (sorted[outer] as number) + weight * (sorted[nearer] as number);
  return { estimate, low: between(rank - 1, rank), high: between(n - rank, n - rank - 1) };
}
