/** What the released code logs as `bestfit.dat` for each generation (best_fit_map_image.hpp), over all niches of the archive. */
export interface GenerationStatistics {
  readonly generation: number;
  /** Of an even number of niches: the mean of the middle two. Empty niches count as 0. */
  readonly median: number;
  readonly mean: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Replacements in this generation over all niches ("jumps"). */
  readonly jumps: number;
  readonly filled: number;
  /** Evaluations since the run began, this generation included. */
  readonly evaluations: number;
}
