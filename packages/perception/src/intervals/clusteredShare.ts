/**
 * The interval of a share of votes that are correlated within voters, images or both: Wilson's score interval with the effective number of
 * votes of a clustered sample (Kish 1965, "Survey Sampling", 5.4), n = p (1 - p) / variance, and Student's quantile for few clusters (Korn &
 * Graubard 1998, "Confidence intervals for proportions with small expected number of positive counts estimated from survey data"). It stays
 * within [0, 1] and has a width where all votes agree.
 */
import { studentCriticalValue } from "../numbers/studentDistribution.ts";
import type { Bounds } from "./bounds.ts";

export interface ClusteredShare {
  /** 0 to 1. */
  readonly share: number;
  /** Of the share, between samples of clusters. */
  readonly variance: number;
  /** The largest possible number of effective votes. */
  readonly votes: number;
}

/** @param reach the quantile: how many standard errors the interval extends to each side. */
export function clusteredShareBounds({ share, variance, votes }: ClusteredShare, reach: number): Bounds {
  const size = variance > 0 ? Math.min(votes, (share * (1 - share)) / variance) : votes;
  // Of a share of 0 or 1 with a variance, there is no effective number of votes.
  if (size === 0) return { low: 0, high: 1 };
  const scale = 1 + reach ** 2 / size;
  const centre = (share + reach ** 2 / (2 * size)) / scale;
  const half = (reach / scale) * Math.sqrt((share * (1 - share)) / size + reach ** 2 / (4 * size ** 2));
  return { low: share === 0 ? 0 : Math.max(0, centre - half), high: share === 1 ? 1 : Math.min(1, centre + half) };
}

export interface Clusters {
  readonly share: number;
  /** Clusters with votes, such as voters or images. */
  readonly clusters: number;
  readonly votes: number;
  /** Of the share, from the spread of the clusters. */
  readonly variance: number;
}

/** Fewer clusters do not show how much clusters vary: simulated intervals of two cover 91% (`npm run repro -- intervals`). */
export const fewestClusters = 3;

/** Of fewer votes, chance hides how much clusters vary: simulated intervals of three images with three votes each cover 98%. */
const fewestVotes = 12;

/** Why a share has no interval for other clusters, such as voters. */
export function whyWithoutClusters(clusters: string): string {
  return `A 95% interval for other ${clusters} needs at least ${fewestVotes} votes of at least ${fewestClusters} ${clusters}.`;
}

/**
 * For other clusters of the same kind. The variance is at least that of independent votes, with Satterthwaite's degrees of freedom (1946):
 * clusters that differ less than by chance have no spread of their own to be uncertain about.
 * @returns null for fewer than three clusters or twelve votes.
 */
export function shareOverClusters({ share, clusters, votes, variance }: Clusters, confidence = 0.95): Bounds | null {
  if (clusters < fewestClusters || votes < fewestVotes) return null;
  const ofVotes = (share * (1 - share)) / votes;
  const total = Math.max(ofVotes, variance);
  const freedom = variance > 0 ? Math.max(1, (total ** 2 * (clusters - 1)) / variance ** 2) : Math.max(clusters - 1, votes - 1);
  const certain = share === 0 || share === 1;
  return clusteredShareBounds(
    { share, variance: certain ? 0 : total, votes },
    studentCriticalValue(confidence, certain ? clusters - 1 : freedom),
  );
}
