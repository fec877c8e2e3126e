/**
 * The variance of a statistic of votes that are correlated within voters and within images: V = V_voters + V_images - V_votes (Cameron,
 * Gelbach & Miller 2011, "Robust inference with multiway clustering", J Bus Econ Stat 29:238), with Satterthwaite's degrees of freedom
 * (1946). A statistic is given by the scores of its votes, which sum to its deviation from the true value.
 */

export interface ClusterVariance {
  readonly variance: number;
  /** At most one less than the clusters; fewer if few clusters make up most of the variance. */
  readonly freedom: number;
}

/** From sums of scores by cluster, with degrees of freedom from the fourth moment of these sums. @param sums at least two. */
export function clusterVariance(sums: readonly number[]): ClusterVariance {
  const count = sums.length;
  const squares = sums.map((sum) => sum ** 2);
  const total = squares.reduce((all, square) => all + square, 0);
  const spread = (squares.reduce((all, square) => all + (square - total / count) ** 2, 0) * count) / (count - 1);
  return {
    variance: (total * count) / (count - 1),
    freedom: spread === 0 ? count - 1 : Math.max(1, Math.min(count - 1, (2 * total ** 2) / spread)),
  };
}

export interface TwoWayVariance {
  readonly total: number;
  readonly freedom: number;
}

/**
 * @param parts of voters and of images; those of disjoint groups of images are parts of their own.
 * @param votes of independent votes. The total is at least that; an estimate of less than half of it is set to half.
 */
export function twoWayVariance(parts: readonly ClusterVariance[], votes: ClusterVariance): TwoWayVariance {
  const total = Math.max(votes.variance / 2, parts.reduce((sum, { variance }) => sum + variance, 0) - votes.variance);
  const weights = parts.reduce((sum, { variance, freedom }) => sum + variance ** 2 / freedom, 0);
  return { total, freedom: weights === 0 ? votes.freedom : Math.max(1, total ** 2 / weights) };
}
