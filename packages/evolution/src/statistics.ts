/** The statistics that the released code logs per generation (best_fit_map_image.hpp), over all niches. An empty niche counts as 0. */
import type { ConfidenceStatistics, SearchStatistics } from "@pareidolia/core/generationStatistics";

function medianOfSorted(sorted: Readonly<Float64Array>): number {
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

/** For an even number of values, the mean of the middle two, as in the released code's median.hpp. NaN for no values. */
export function median(values: ArrayLike<number>): number {
  return medianOfSorted(Float64Array.from(values).sort());
}

/**
 * @param values by niche; 0 for an empty one. At least one.
 * @param sorted the same values in ascending order, if they are known.
 */
export function confidenceStatistics(
  values: Readonly<Float64Array>,
  sorted: Readonly<Float64Array> = values.slice().sort(),
): ConfidenceStatistics {
  // In order of niches, so that the mean has the same bits wherever it is computed.
  let sum = 0;
  for (const value of values) sum += value;
  return { median: medianOfSorted(sorted), mean: sum / sorted.length, minimum: sorted[0] as number, maximum: sorted.at(-1) as number };
}

export interface StatisticsInput {
  readonly generation: number;
  readonly evaluations: number;
  readonly jumps: number;
  /** By niche; null for an empty one. */
  readonly elites: readonly ({ readonly fitness: number } | null)[];
}

export function archiveStatistics({ generation, evaluations, jumps, elites }: StatisticsInput): SearchStatistics {
  const values = Float64Array.from(elites, (elite) => elite?.fitness ?? 0);
  const filled = elites.reduce((count, elite) => count + (elite === null ? 0 : 1), 0);
  return { generation, ...confidenceStatistics(values), jumps, filled, evaluations };
}
