/**
 * Functional ANOVA of a full grid: on a grid, the marginal mean of a level is the mean of its cells (Hutter, Hoos & Leyton-Brown 2014, "An
 * efficient approach for assessing hyperparameter importance", equations 2 to 5, with a uniform distribution over the levels). Means of few
 * seeds vary by chance, so the components are estimated without bias, from expected mean squares (Searle, Casella & McCulloch 1992,
 * "Variance components", ch. 4): each is reduced by the part that chance has in it. With different numbers of seeds, a point's chance is
 * that of its own seeds, as in the analysis of unweighted means.
 */

import { noncentralityInterval } from "./noncentralityInterval.ts";
import { type Cell, type Design, meanOf, varianceOf } from "./observations.ts";
import { type Shares, sharesOf, truncated, type Variances, varianceOfSeeds, withoutIntervals } from "./variances.ts";

/** Whether every combination of levels has an observation. */
export function isFullGrid({ axes, cells }: Design): boolean {
  return cells.length > 0 && cells.length === axes.reduce((product, { levels }) => product * levels.length, 1);
}

/** Variances of the means of cells, which chance has a part in. Each has divisor n. */
interface Between {
  readonly axes: readonly number[];
  readonly all: number;
}

function varianceBetween({ axes, cells }: Design): Between {
  const means = cells.map(({ results }) => meanOf(results));
  return { all: varianceOf(means), axes: axes.map(({ levels }, axis) => varianceOf(byLevel(cells, axis, levels.length, means))) };
}

/** The mean over the cells of each level. */
function byLevel(cells: readonly Cell[], axis: number, levels: number, values: readonly number[]): number[] {
  const sums = new Float64Array(levels);
  for (const [i, cell] of cells.entries()) sums[cell.levels[axis] as number]! += values[i] as number;
  return Array.from(sums, (sum) => (sum * levels) / cells.length);
}

const oneSeed =
  "Each point has one seed, so chance is part of the shares, and they have no intervals. Run at least two seeds at each point.";
const sameResults = "The seeds of each point give the same result, so the shares are exact and have no intervals.";

export function sharesOfGrid(design: Design, confidence: number): Shares {
  const { axes, cells } = design;
  const between = varianceBetween(design);
  const chance = varianceOfSeeds(cells);
  const explained = between.axes.reduce((sum, variance) => sum + variance, 0);
  if (chance === null) {
    return withoutIntervals({ axes: between.axes, interactions: Math.max(0, between.all - explained), seeds: null }, oneSeed);
  }
  // The variance of a point's mean, of one with average seeds, and its part of each component.
  const ofMean = chance.variance * meanOf(cells.map(({ results }) => 1 / results.length));
  const freedoms = axes.map(({ levels }) => levels.length - 1);
  const freedomOfAll = cells.length - 1;
  const freedomOfInteractions = freedomOfAll - freedoms.reduce((sum, freedom) => sum + freedom, 0);
  const without = (variance: number, freedom: number): number => variance - (freedom / cells.length) * ofMean;
  const variances: Variances = {
    axes: between.axes.map((variance, axis) => without(variance, freedoms[axis] as number)),
    interactions: freedomOfInteractions === 0 ? 0 : without(between.all - explained, freedomOfInteractions),
    seeds: chance.variance,
  };
  if (chance.variance === 0) return withoutIntervals(variances, sameResults);
  const estimates = sharesOf(variances);
  const parts = [...variances.axes, variances.interactions].map(truncated);
  /** The interval of a source's noncentrality, as the ratio of its variance to that between seeds. */
  const ratioOf = (variance: number, freedom: number) => {
    const f = (variance * cells.length) / (freedom * ofMean);
    const { low, high } = noncentralityInterval({ f, first: freedom, second: chance.freedom }, confidence);
    const scale = ofMean / (cells.length * chance.variance);
    return { low: low * scale, high: high * scale };
  };
  const share = (part: number, variance: number, freedom: number) => {
    const estimate = estimates[part] as number;
    if (freedom === 0) return { estimate, low: 0, high: 0 };
    const ratio = ratioOf(variance, freedom);
    // The rest is taken as it is estimated: as a whole, or source by source, of which none is below 0 in the estimate. The wider interval
    // of both has the estimate inside.
    const whole = truncated(without(between.all - variance, freedomOfAll - freedom));
    const bySource = parts.reduce((sum, other, at) => (at === part ? sum : sum + other), 0);
    const [least, most] = [1 + Math.min(whole, bySource) / chance.variance, 1 + Math.max(whole, bySource) / chance.variance];
    return { estimate, low: ratio.low / (ratio.low + most), high: ratio.high / (ratio.high + least) };
  };
  const all = ratioOf(between.all, freedomOfAll);
  const ofSeeds = estimates[axes.length + 1] as number;
  return {
    axes: between.axes.map((variance, axis) => share(axis, variance, freedoms[axis] as number)),
    interactions: share(axes.length, between.all - explained, freedomOfInteractions),
    // Positive parts of many sources can add up to more than the whole.
    seeds: { estimate: ofSeeds, low: Math.min(ofSeeds, 1 / (1 + all.high)), high: Math.max(ofSeeds, 1 / (1 + all.low)) },
    reason: null,
  };
}
