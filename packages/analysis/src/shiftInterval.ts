/**
 * Estimates how much larger one sample is than another: the Hodges-Lehmann estimate (1963), which is the median of all pairwise
 * differences, with the distribution-free interval that inverts Mann and Whitney's exact test (Moses 1965). Without ties, the interval is
 * above 0 exactly if that test finds the first sample larger at the level (1 - confidence) / 2. The interval uses U's distribution without
 * ties also for tied samples, for which `mannWhitney` uses that of the ties, so the two may differ then.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Interval } from "./bootstrap.ts";
import { exactDistribution } from "./mannWhitney.ts";
import { quantileOfSorted } from "./quantile.ts";

/**
 * @param confidence minimum confidence level; exact intervals exist only for some levels.
 * @throws AppError INVALID_INPUT for samples that are too small for this confidence.
 */
export function shiftInterval(first: readonly number[], second: readonly number[], confidence = 0.95): Interval {
  const [m, n] = [first.length, second.length];
  const differences = Float64Array.from(first.flatMap((a) => second.map((b) => a - b))).sort();
  const shares = exactDistribution(m, n);
  const tail = (1 - confidence) / 2;
  // The number of differences to exclude on each side, as many as U's distribution allows.
  let cut = 0;
  for (let beyond = 0; cut < m * n; cut++) {
    beyond += shares[cut] as number;
    if (beyond > tail) break;
  }
  if (cut === 0)
    throw new AppError(
      "INVALID_INPUT",
      `Samples of ${m} and ${n} are too small for an interval of ${100 * confidence}%. Add values to both.`,
    );
  return {
    estimate: quantileOfSorted(differences, 0.5),
    low: differences[cut - 1] as number,
    high: differences[m * n - cut] as number,
  };
}
