/**
 * Functional ANOVA of a full grid, exactly: on a grid, the marginal mean of a level is the mean of its cells (Hutter, Hoos & Leyton-Brown
 * 2014, "An efficient approach for assessing hyperparameter importance", equations 2 to 5, with a uniform distribution over the levels).
 */
import { type Cell, type Design, meanOf, varianceOf } from "./observations.ts";
import { type Variances, varianceOfSeeds } from "./variances.ts";

/** Whether every combination of levels has an observation. */
export function isFullGrid({ axes, cells }: Design): boolean {
  return cells.length > 0 && cells.length === axes.reduce((product, { levels }) => product * levels.length, 1);
}

/** Variance of a full grid's results by axis. `cells` are the design's, or a resample of their results. */
export function gridVariances({ axes }: Design, cells: readonly Cell[]): Variances {
  const means = cells.map(({ results }) => meanOf(results));
  const byAxis = axes.map(({ levels }, axis) => {
    const sums = new Float64Array(levels.length);
    for (const [i, cell] of cells.entries()) sums[cell.levels[axis] as number]! += means[i] as number;
    const perLevel = cells.length / levels.length;
    return varianceOf(Array.from(sums, (sum) => sum / perLevel));
  });
  const between = varianceOf(means);
  const explained = byAxis.reduce((sum, variance) => sum + variance, 0);
  return { axes: byAxis, interactions: Math.max(0, between - explained), seeds: varianceOfSeeds(cells) };
}
