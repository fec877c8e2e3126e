/**
 * Importance of a sweep's axes: shares of the variance of its results (functional ANOVA, Hutter, Hoos & Leyton-Brown 2014). Exact on a full
 * grid; otherwise by a random forest, whose trees predict the points that were not run. The variance between the seeds of a point is a
 * share of its own, so that chance is not taken for a parameter.
 */
import { AppError } from "@pareidolia/core/appError";
import { isLargeEnough, sharesOfForest } from "./forestVariances.ts";
import { isFullGrid, sharesOfGrid } from "./gridVariances.ts";
import { designOf, type Observation } from "./observations.ts";
import type { Shares } from "./variances.ts";

export interface ImportanceOptions {
  /** Of the forest. */
  readonly seed: number;
  /** Pairs of trees of a forest. Default 100. */
  readonly trees?: number;
  /** Default .95. */
  readonly confidence?: number;
}

export interface Importance extends Shares {
  /** `grid`: exact. `forest`: as predicted by a random forest. */
  readonly method: "grid" | "forest";
  readonly runs: number;
  readonly points: number;
}

/**
 * Null if the runs are too few: without two levels on any axis, or, unless the grid is full, with fewer than 12 runs or 6 points.
 * @throws AppError INVALID_INPUT for observations with different numbers of values, or a result that is not finite.
 */
export async function importanceOf(observations: readonly Observation[], options: ImportanceOptions): Promise<Importance | null> {
  const { confidence = 0.95 } = options;
  if (!(confidence > 0 && confidence < 1)) throw new AppError("INVALID_INPUT", "The confidence must be between 0 and 1.");
  const design = designOf(observations);
  if (!design.axes.some(({ levels }) => levels.length > 1)) return null;
  const counts = { runs: observations.length, points: design.cells.length };
  if (isFullGrid(design)) return { method: "grid", ...sharesOfGrid(design, confidence), ...counts };
  return isLargeEnough(design) ? { method: "forest", ...(await sharesOfForest(design, options)), ...counts } : null;
}
