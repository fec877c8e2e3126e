/** Intervals of sensitivity for other voters: numbers of trials are pooled over voters, and voters are resampled (BCa). */
import { type BootstrapOutcome, bcaBootstrap } from "../numbers/bcaBootstrap.ts";
import type { YesNoCounts } from "./signalDetection.ts";

/** Of each voter: the four counts. */
export interface CountsOfVoters {
  readonly hits: Float64Array;
  readonly signals: Float64Array;
  readonly falseAlarms: Float64Array;
  readonly noises: Float64Array;
}

export function emptyCounts(voters: number): CountsOfVoters {
  const column = (): Float64Array => new Float64Array(voters);
  return { hits: column(), signals: column(), falseAlarms: column(), noises: column() };
}

/** Sums over voters, each as often as its weight. */
export function pooledCounts(counts: CountsOfVoters, weights?: Float64Array): YesNoCounts {
  const sum = (column: Float64Array): number => column.reduce((total, value, voter) => total + value * (weights?.[voter] ?? 1), 0);
  return { hits: sum(counts.hits), signals: sum(counts.signals), falseAlarms: sum(counts.falseAlarms), noises: sum(counts.noises) };
}

/** Voters with a trial of either kind. */
export function votersWithTrials({ hits, signals, falseAlarms, noises }: CountsOfVoters): CountsOfVoters {
  const kept = [...signals.keys()].filter((voter) => (signals[voter] as number) + (noises[voter] as number) > 0);
  const take = (column: Float64Array): Float64Array => Float64Array.from(kept, (voter) => column[voter] as number);
  return { hits: take(hits), signals: take(signals), falseAlarms: take(falseAlarms), noises: take(noises) };
}

/** @returns null for fewer than two voters. */
export function intervalOverVoters(
  counts: CountsOfVoters,
  statistic: (pooled: YesNoCounts) => number,
  options: { readonly seed: number; readonly resamples: number },
): BootstrapOutcome | null {
  const units = counts.signals.length;
  if (units < 2) return null;
  const defined = (pooled: YesNoCounts): number => (pooled.signals > 0 && pooled.noises > 0 ? statistic(pooled) : Number.NaN);
  return bcaBootstrap({ ...options, units, statistic: (weights) => defined(pooledCounts(counts, weights)) });
}
