/**
 * The variance of a statistic of votes that are correlated within voters and within images: V = V_voters + V_images - V_votes (Cameron,
 * Gelbach & Miller 2011, "Robust inference with multiway clustering", J Bus Econ Stat 29:238), with Satterthwaite's degrees of freedom
 * (1946). A statistic is given by the scores of its votes, which sum to its deviation from the true value.
 */

export interface ClusterVariance {
  readonly variance: number;
  /** One less than the clusters. */
  readonly freedom: number;
}

/** From sums of scores by cluster. @param sums at least two. */
export function clusterVariance(sums: readonly number[]): ClusterVariance {
  return varianceOfSquares(
    sums.reduce((all, sum) => all + sum ** 2, 0),
    sums.length,
  );
}

/** @param squares the sum over clusters of the squares of their sums of scores. @param count clusters, at least two. */
export function varianceOfSquares(squares: number, count: number): ClusterVariance {
  return { variance: (squares * count) / (count - 1), freedom: count - 1 };
}

export interface TwoWayVariance {
  readonly total: number;
  readonly freedom: number;
}

/** Simulated intervals of three images cover 91% if clusters that vary no more than votes are taken to be alike. */
const fewestAlike = 10;

/**
 * The total is at least that of independent votes: of few clusters, the subtraction may leave less. At least ten clusters of each kind that
 * vary no more than votes are alike, so the degrees of freedom are those of votes; fewer may still differ, so the total is also at least
 * that of voters and that of images (`npm run repro -- intervals`).
 * @param parts of voters and of images.
 * @param votes of independent votes.
 */
export function twoWayVariance(parts: readonly ClusterVariance[], votes: ClusterVariance): TwoWayVariance {
  const variances = parts.map(({ variance }) => variance);
  const added = variances.reduce((sum, variance) => sum + variance, 0) - votes.variance;
  const isFew = parts.some(({ freedom }) => freedom + 1 < fewestAlike);
  if (!isFew && added <= votes.variance) return { total: votes.variance, freedom: votes.freedom };
  const total = isFew ? Math.max(votes.variance, added, ...variances) : added;
  return { total, freedom: satterthwaite(total, parts) ?? votes.freedom };
}

/** The degrees of freedom of a variance that consists of these parts, at least 1; null if all parts are 0. */
export function satterthwaite(total: number, parts: readonly ClusterVariance[]): number | null {
  const weights = parts.reduce((sum, { variance, freedom }) => sum + variance ** 2 / freedom, 0);
  return weights === 0 ? null : Math.max(1, total ** 2 / weights);
}
