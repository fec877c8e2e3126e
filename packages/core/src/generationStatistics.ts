/**
 * Statistics of an archive after a generation over all niches, as the released code logs them in `bestfit.dat` (best_fit_map_image.hpp).
 * A stored generation has them twice: on stored images, which is what every page shows, and of the search, on float pixels.
 */

/** Confidences, 0 to 1, over all niches. Empty niches count as 0. */
export interface ConfidenceStatistics {
  /** For an even number of niches, the mean of the middle two. */
  readonly median: number;
  readonly mean: number;
  readonly minimum: number;
  readonly maximum: number;
}

interface GenerationCounts {
  readonly generation: number;
  /** Replacements ("jumps") in this generation over all niches. */
  readonly jumps: number;
  readonly filled: number;
  /** Evaluations since the run began, this generation included. */
  readonly evaluations: number;
}

/** A generation during the search: of the fitness, on float pixels. */
export interface SearchStatistics extends GenerationCounts, ConfidenceStatistics {}

type Unknown<Statistics> = { readonly [Name in keyof Statistics]: null };

/** The search's statistics of a stored generation, named so. */
export interface NamedSearchStatistics {
  readonly searchMedian: number;
  readonly searchMean: number;
  readonly searchMinimum: number;
  readonly searchMaximum: number;
}

/** A stored generation, with the confidences of its stored images. */
export interface StoredStatistics extends GenerationCounts, ConfidenceStatistics, NamedSearchStatistics {}

/** A stored generation. The confidences of images that a retention rule removed before they were summarised are unknown: null. */
export type GenerationStatistics = GenerationCounts & NamedSearchStatistics & (ConfidenceStatistics | Unknown<ConfidenceStatistics>);

/** @param stored the confidences of the stored images of the archive after the same generation. */
export function withStored(search: SearchStatistics, stored: ConfidenceStatistics): StoredStatistics {
  const { generation, jumps, filled, evaluations, median, mean, minimum, maximum } = search;
  const { median: storedMedian, mean: storedMean, minimum: storedMinimum, maximum: storedMaximum } = stored;
  return {
    generation,
    median: storedMedian,
    mean: storedMean,
    minimum: storedMinimum,
    maximum: storedMaximum,
    searchMedian: median,
    searchMean: mean,
    searchMinimum: minimum,
    searchMaximum: maximum,
    jumps,
    filled,
    evaluations,
  };
}
