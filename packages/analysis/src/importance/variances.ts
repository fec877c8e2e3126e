/** A decomposition of the variance of a sweep's results, and its shares. */
import { type Cell, meanOf } from "./observations.ts";

export interface Variances {
  /** Of the marginal mean of each axis. */
  readonly axes: readonly number[];
  /** Between points, by no axis alone. */
  readonly interactions: number;
  /** Between the seeds of a point; null if no point has two. */
  readonly seeds: number | null;
}

/**
 * Shares of the variance, each from 0 to 1 and inside its interval; the estimates add up to 1, or are 0. An unbiased estimate of a component
 * can be negative, which a variance cannot: for a source without effect, it is in about half of all samples. It counts as 0 (Searle, Casella &
 * McCulloch 1992, "Variance components", ch. 4; Thompson 1962, "The problem of negative estimates of variance components", Ann Math Stat
 * 33:273), so that shares of sources without effect are above 0 on average; their intervals reach 0.
 */
export interface Shares {
  readonly axes: readonly Share[];
  readonly interactions: Share;
  readonly seeds: Share | null;
  /** Why shares have no interval; null if they have. */
  readonly reason: string | null;
}

/** Without `low` and `high`, which are from 0 to 1, if the runs do not determine them. */
export interface Share {
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface SeedVariance {
  readonly variance: number;
  /** Runs less points, of points with two seeds or more. */
  readonly freedom: number;
}

/** The variance between the seeds of a point, pooled over points (mean square of error); null if no point has two. */
export function varianceOfSeeds(cells: readonly Cell[]): SeedVariance | null {
  let [squares, freedom] = [0, 0];
  for (const { results } of cells) {
    const mean = meanOf(results);
    squares += results.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    freedom += results.length - 1;
  }
  return freedom === 0 ? null : { variance: squares / freedom, freedom };
}

/** An unbiased estimate of a variance, which is not negative. */
export const truncated = (variance: number): number => Math.max(0, variance);

/** Axes, interactions, seeds. All 0 if the results do not vary. */
export function sharesOf({ axes, interactions, seeds }: Variances): number[] {
  const parts = [...axes, interactions, seeds ?? 0].map(truncated);
  const total = parts.reduce((sum, part) => sum + part, 0);
  return total > 0 ? parts.map((part) => part / total) : parts.map(() => 0);
}

/** Shares without intervals, with the reason. */
export function withoutIntervals(variances: Variances, reason: string): Shares {
  const shares = sharesOf(variances).map((estimate): Share => ({ estimate, low: null, high: null }));
  const [interactions, seeds] = shares.slice(variances.axes.length) as [Share, Share];
  return { axes: shares.slice(0, variances.axes.length), interactions, seeds: variances.seeds === null ? null : seeds, reason };
}
