/**
 * Functional ANOVA of a random sample of points by a random forest (Hutter, Hoos & Leyton-Brown 2014), whose trees predict the points that were
 * not run. A tree's prediction follows the chance in its runs, so the variance of one tree's marginal means is too large, and above 0 for an
 * axis without effect. Trees therefore grow in pairs, each of one half of the points: the chance in one half is independent of that in the
 * other, so the covariance of their marginal means has no part of it.
 */
import { Purpose, Random } from "@pareidolia/core/random";
import { type Cell, type Design, meanOf } from "./observations.ts";
import { growTree, treeMarginals } from "./regressionTree.ts";
import { type Shares, type Variances, varianceOfSeeds, withoutIntervals } from "./variances.ts";

/** Fewest runs and points from which two trees can split. */
const fewestRuns = 12;
const fewestPoints = 6;
/** As in the paper's implementation: five sixths of the axes at each split, and at least three runs in a leaf. */
const triedShare = 5 / 6;
const leafSize = 3;

export function isLargeEnough({ cells }: Design): boolean {
  return cells.length >= fewestPoints && cells.reduce((sum, { results }) => sum + results.length, 0) >= fewestRuns;
}

const forest = "Shares that a random forest predicts have no 95% interval. Run a full grid of at least two seeds for intervals.";
const oneSeed = `Each point has one seed, so chance is part of the interactions. ${forest}`;

/** Between trees, control returns to the event loop, because a forest of 2,000 runs takes about a second. */
export async function sharesOfForest(
  design: Design,
  { seed, trees = 100 }: { readonly seed: number; readonly trees?: number },
): Promise<Shares> {
  const { axes, cells } = design;
  const sums = axes.map(() => 0);
  for (let index = 0; index < trees; index++) {
    const random = new Random({ seed, generation: 0, index, purpose: Purpose.RESAMPLE });
    const [one, other] = halves(cells, random).map((half) => marginalsOf(design, half, random)) as [Marginals, Marginals];
    for (const axis of axes.keys())
      sums[axis] = (sums[axis] as number) + covariance(one[axis] as Float64Array, other[axis] as Float64Array);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  const chance = varianceOfSeeds(cells);
  const means = cells.map(({ results }) => meanOf(results));
  const mean = meanOf(means);
  const ofMeans = means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (cells.length - 1);
  const between = ofMeans - (chance?.variance ?? 0) * meanOf(cells.map(({ results }) => 1 / results.length));
  const byAxis = sums.map((sum) => sum / trees);
  const explained = byAxis.reduce((sum, variance) => sum + variance, 0);
  const variances: Variances = { axes: byAxis, interactions: between - explained, seeds: chance?.variance ?? null };
  return withoutIntervals(variances, chance === null ? oneSeed : forest);
}

type Marginals = readonly Float64Array[];

function halves(cells: readonly Cell[], random: Random): readonly (readonly Cell[])[] {
  const order = [...cells];
  for (let last = order.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [order[last], order[other]] = [order[other] as Cell, order[last] as Cell];
  }
  const middle = Math.floor(order.length / 2);
  return [order.slice(0, middle), order.slice(middle)];
}

function marginalsOf({ axes }: Design, cells: readonly Cell[], random: Random): Marginals {
  const levels = cells.flatMap((cell) => cell.results.map(() => cell.levels));
  const results = cells.flatMap((cell) => cell.results);
  const tried = Math.max(1, Math.ceil(axes.length * triedShare));
  return treeMarginals(growTree({ axes, levels, results, leafSize, tried, random }), axes);
}

function covariance(one: Float64Array, other: Float64Array): number {
  const [mean, otherMean] = [meanOf([...one]), meanOf([...other])];
  return one.reduce((sum, value, level) => sum + (value - mean) * ((other[level] as number) - otherMean), 0) / one.length;
}
