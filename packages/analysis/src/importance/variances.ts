/** A decomposition of the variance of a sweep's results, and its shares. */
import type { Interval } from "../bootstrap.ts";
import { quantile } from "../quantile.ts";
import { type Cell, meanOf, varianceOf } from "./observations.ts";

export interface Variances {
  /** Of the marginal mean of each axis. */
  readonly axes: readonly number[];
  /** Between points, by no axis alone. */
  readonly interactions: number;
  /** Between the seeds of a point; null if no point has two. */
  readonly seeds: number | null;
}

/** Shares of the variance with intervals, 0 to 1. The estimates add up to 1. */
export interface Shares {
  readonly axes: readonly ShareInterval[];
  readonly interactions: ShareInterval;
  readonly seeds: ShareInterval | null;
}

/** Without `low` and `high` if the runs do not determine them. */
export interface ShareInterval extends Omit<Interval, "low" | "high"> {
  readonly low: number | null;
  readonly high: number | null;
}

/** Mean variance between the seeds of a point, over points with two seeds or more; null without such a point. */
export function varianceOfSeeds(cells: readonly Cell[]): number | null {
  const replicated = cells.filter(({ results }) => results.length > 1);
  return replicated.length === 0 ? null : meanOf(replicated.map(({ results }) => varianceOf(results)));
}

/** Axes, interactions, seeds. All 0 if the results do not vary. */
export function sharesOf({ axes, interactions, seeds }: Variances): number[] {
  const parts = [...axes, interactions, seeds ?? 0];
  const total = parts.reduce((sum, part) => sum + part, 0);
  return total > 0 ? parts.map((part) => part / total) : parts.map(() => 0);
}

/**
 * Percentile intervals of resampled shares. `bias`, the difference of the resamples' mean from the estimate, is subtracted: a resample of
 * few seeds varies more than the runs do (Efron & Tibshirani 1993, section 10.2).
 */
export function intervalsOf(estimates: Variances, resampled: readonly Variances[], confidence: number): Shares {
  const shares = sharesOf(estimates);
  const resampledShares = resampled.map(sharesOf);
  const clamp = (value: number): number => Math.min(1, Math.max(0, value));
  const intervals = shares.map((estimate, part): ShareInterval => {
    const values = resampledShares.map((each) => each[part] as number);
    if (values.length === 0) return { estimate, low: null, high: null };
    const bias = meanOf(values) - estimate;
    const tail = (1 - confidence) / 2;
    const low = Math.min(estimate, quantile(values, tail) - bias);
    return { estimate, low: clamp(low), high: clamp(Math.max(estimate, quantile(values, 1 - tail) - bias)) };
  });
  const axes = intervals.slice(0, estimates.axes.length);
  const [interactions, seeds] = intervals.slice(estimates.axes.length) as [ShareInterval, ShareInterval];
  return { axes, interactions, seeds: estimates.seeds === null ? null : seeds };
}
