/**
 * Importance of a sweep's axes: shares of the variance of its results (functional ANOVA, Hutter, Hoos & Leyton-Brown 2014). Exact on a full
 * grid; otherwise by a random forest, whose trees predict the points that were not run. The variance between the seeds of a point is a
 * share of its own, so that chance is not taken for a parameter.
 */
import { AppError } from "@pareidolia/core/appError";
import { Purpose, Random } from "@pareidolia/core/random";
import { gridVariances, isFullGrid } from "./gridVariances.ts";
import { type Cell, type Design, designOf, meanOf, type Observation } from "./observations.ts";
import { growTree, treeVariances } from "./regressionTree.ts";
import { intervalsOf, type Shares, type Variances, varianceOfSeeds } from "./variances.ts";

export interface ImportanceOptions {
  /** Of the resamples and the forest. */
  readonly seed: number;
  /** Resamples of a grid. Default 1,000. */
  readonly resamples?: number;
  /** Trees of a forest, each of a resample. Default 100. */
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

/** Fewest runs and points from which a forest says anything. */
const fewestRuns = 6;
const fewestPoints = 3;
/** As in the paper's implementation: five sixths of the axes at each split, and at least three runs in a leaf. */
const triedShare = 5 / 6;
const leafSize = 3;

function randomOf(seed: number, index: number): Random {
  return new Random({ seed, generation: 0, index, purpose: Purpose.RESAMPLE });
}

function draw<T>(list: readonly T[], random: Random): T[] {
  return Array.from(list, () => list[random.below(list.length)] as T);
}

/** Resamples the seeds of each point; with one seed everywhere, there is nothing to resample. */
function ofGrid(design: Design, { seed, resamples = 1000, confidence = 0.95 }: ImportanceOptions): Shares {
  const estimates = gridVariances(design, design.cells);
  if (estimates.seeds === null) return intervalsOf(estimates, [], confidence);
  const resampled = Array.from({ length: resamples }, (_, index) => {
    const random = randomOf(seed, index);
    const cells = design.cells.map(({ levels, results }) => ({ levels, results: draw(results, random) }));
    return gridVariances(design, cells);
  });
  return intervalsOf(estimates, resampled, confidence);
}

/** The variances of one tree, of a resample of the points with all their seeds. */
function ofTree({ axes, cells }: Design, random: Random, trySplitOn: number): Variances {
  const drawn: readonly Cell[] = draw(cells, random);
  const levels = drawn.flatMap((cell) => cell.results.map(() => cell.levels));
  const results = drawn.flatMap((cell) => cell.results);
  const { axes: byAxis, total } = treeVariances(growTree({ axes, levels, results, leafSize, tried: trySplitOn, random }), axes);
  const explained = byAxis.reduce((sum, variance) => sum + variance, 0);
  return { axes: byAxis, interactions: Math.max(0, total - explained), seeds: varianceOfSeeds(drawn) };
}

function meanVariances(all: readonly Variances[], seeds: number | null): Variances {
  const shares = all.map(({ axes, interactions }) => ({ axes, interactions }));
  return {
    axes: (all[0]?.axes ?? []).map((_, axis) => meanOf(shares.map(({ axes }) => axes[axis] as number))),
    interactions: meanOf(shares.map(({ interactions }) => interactions)),
    seeds,
  };
}

/** Between trees, control returns to the event loop, because a forest of 2,000 runs takes about a second. */
async function ofForest(design: Design, { seed, trees = 100, confidence = 0.95 }: ImportanceOptions): Promise<Shares> {
  const seeds = varianceOfSeeds(design.cells);
  const grown: Variances[] = [];
  for (let index = 0; index < trees; index++) {
    grown.push(ofTree(design, randomOf(seed, index), Math.max(1, Math.ceil(design.axes.length * triedShare))));
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return intervalsOf(meanVariances(grown, seeds), seeds === null ? grown.map((each) => ({ ...each, seeds: null })) : grown, confidence);
}

/**
 * Null if the runs are too few: without two levels on any axis, or, unless the grid is full, with fewer than 6 runs or 3 points.
 * @throws AppError INVALID_INPUT for observations with different numbers of values, or a result that is not finite.
 */
export async function importanceOf(observations: readonly Observation[], options: ImportanceOptions): Promise<Importance | null> {
  const { confidence = 0.95 } = options;
  if (!(confidence > 0 && confidence < 1)) throw new AppError("INVALID_INPUT", "The confidence must be between 0 and 1.");
  const design = designOf(observations);
  if (!design.axes.some(({ levels }) => levels.length > 1)) return null;
  const counts = { runs: observations.length, points: design.cells.length };
  if (isFullGrid(design)) return { method: "grid", ...ofGrid(design, options), ...counts };
  if (counts.runs < fewestRuns || counts.points < fewestPoints) return null;
  return { method: "forest", ...(await ofForest(design, options)), ...counts };
}
