/** The agreement of a whole study, with an interval that generalises to other people and other images (`crossedShare`). */
import { AppError } from "@pareidolia/core/appError";
import { undefinedBecause } from "../agreement/coefficient.ts";
import type { Tally } from "../images/imageTally.ts";
import type { BoundsOrReason } from "../intervals/bounds.ts";
import { crossedShareBounds, crossedVariance, type ShareVariance, whyNotCrossed } from "../intervals/crossedShare.ts";
import { clusterVariance } from "../intervals/twoWayVariance.ts";

export interface TotalAgreement {
  /** Share of all votes that agree. */
  readonly share: number;
  /** Its interval, or why there is none. */
  readonly interval: BoundsOrReason;
  readonly votes: number;
  /** Voters and images with votes. */
  readonly voters: number;
  readonly images: number;
  /** Standard errors from voters, images and single votes; the total is that of all three. */
  readonly standardError: { readonly voters: number; readonly images: number; readonly votes: number; readonly total: number };
}

/** Votes of one voter, or on one image. */
export interface Cluster {
  readonly agreeing: number;
  readonly votes: number;
}

export function clustersOf({ agreeing, votes }: Pick<Tally, "agreeing" | "votes">): Cluster[] {
  return Array.from(votes, (count, index) => ({ votes: count, agreeing: agreeing[index] as number })).filter(
    (cluster) => cluster.votes > 0,
  );
}

/** The two-way variance of a share. @param share and `votes` are of all clusters of either kind; both kinds have at least two. */
export function varianceOfShare(voters: readonly Cluster[], images: readonly Cluster[], share: number, votes: number): ShareVariance {
  const residuals = (clusters: readonly Cluster[]): number[] =>
    clusters.map((cluster) => (cluster.agreeing - share * cluster.votes) / votes);
  return crossedVariance({ share, votes, voters: clusterVariance(residuals(voters)), images: clusterVariance(residuals(images)) });
}

/**
 * @param byVoter and `byImage` are tallies of the same votes.
 * @throws AppError INVALID_INPUT without votes, or for tallies of different votes.
 */
export function totalAgreement(byVoter: Tally, byImage: Tally, confidence = 0.95): TotalAgreement {
  const [voters, images] = [clustersOf(byVoter), clustersOf(byImage)];
  const count = (clusters: readonly Cluster[], name: keyof Cluster): number => clusters.reduce((sum, cluster) => sum + cluster[name], 0);
  const votes = count(voters, "votes");
  const agreeing = count(voters, "agreeing");
  if (votes === 0) throw new AppError("INVALID_INPUT", "The total agreement needs votes.");
  if (votes !== count(images, "votes") || agreeing !== count(images, "agreeing"))
    throw new AppError("INVALID_INPUT", "The tallies by voter and by image must be of the same votes.");
  const share = agreeing / votes;
  const described = { share, votes, voters: voters.length, images: images.length };
  if (voters.length < 2 || images.length < 2)
    return {
      ...described,
      interval: undefinedBecause(whyNotCrossed(described) as string),
      standardError: { voters: 0, images: 0, votes: 0, total: 0 },
    };
  const variance = varianceOfShare(voters, images, share, votes);
  return {
    ...described,
    interval: crossedShareBounds({ share, votes, variance, count: votes }, confidence),
    standardError: {
      voters: Math.sqrt(variance.voters.variance),
      images: Math.sqrt(variance.images.variance),
      votes: Math.sqrt(variance.votes.variance),
      total: Math.sqrt(variance.total),
    },
  };
}
