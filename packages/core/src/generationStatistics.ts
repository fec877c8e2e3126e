/** Fitness statistics of a generation over all niches, as the released code logs them in `bestfit.dat` (best_fit_map_image.hpp). */
export interface GenerationStatistics {
  readonly generation: number;
  /** For an even number of niches, the mean of the middle two. Empty niches count as 0. */
  readonly median: number;
  readonly mean: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Replacements ("jumps") in this generation over all niches. */
  readonly jumps: number;
  readonly filled: number;
  /** Evaluations since the run began, this generation included. */
  readonly evaluations: number;
}
