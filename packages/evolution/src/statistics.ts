/** The statistics that the released code logs per generation (best_fit_map_image.hpp), over all niches. An empty niche counts as 0. */
import type { GenerationStatistics } from "@pareidolia/core/generationStatistics";

/** For an even number of values, the mean of the middle two, as in the released code's median.hpp. NaN for no values. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

export interface StatisticsInput {
  readonly generation: number;
  readonly evaluations: number;
  readonly jumps: number;
  /** By niche; null for an empty one. */
  readonly elites: readonly ({ readonly fitness: number } | null)[];
}

export function archiveStatistics({ generation, evaluations, jumps, elites }: StatisticsInput): GenerationStatistics {
  const values = Float64Array.from(elites, (elite) => elite?.fitness ?? 0);
  let sum = 0;
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    sum += value;
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
  }
  const filled = elites.reduce((count, elite) => count + (elite === null ? 0 : 1), 0);
  return { generation, median: median(values), mean: sum / values.length, minimum, maximum, jumps, filled, evaluations };
}
