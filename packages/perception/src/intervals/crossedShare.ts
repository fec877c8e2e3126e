/**
 * The interval of a share of votes for other voters and other images: votes of one voter are correlated, and so are votes on one image, so
 * neither votes nor voters alone can be treated as independent. The variance is two-way (`twoWayVariance`), and the interval is that of a
 * clustered share (`clusteredShare`). If all votes agree or none does, it is the exact one for as many votes as the smaller of the numbers
 * of voters and images.
 */
import { undefinedBecause } from "../agreement/coefficient.ts";
import { studentCriticalValue } from "../numbers/studentDistribution.ts";
import type { BoundsOrReason } from "./bounds.ts";
import { clusteredShareBounds, fewestClusters } from "./clusteredShare.ts";
import { exactInterval } from "./exactInterval.ts";
import { type ClusterVariance, type TwoWayVariance, twoWayVariance } from "./twoWayVariance.ts";

export interface ShareParts {
  /** 0 to 1. */
  readonly share: number;
  /** So many independent votes of equal weight would vary as much as these: their number, if all weigh the same. More than 1. */
  readonly votes: number;
  /** Of the share, between voters and between images. */
  readonly voters: ClusterVariance;
  readonly images: ClusterVariance;
}

export interface ShareVariance extends TwoWayVariance {
  readonly voters: ClusterVariance;
  readonly images: ClusterVariance;
  readonly votes: ClusterVariance;
}

export function crossedVariance({ share, votes, voters, images }: ShareParts): ShareVariance {
  const ofVotes = { variance: (share * (1 - share)) / (votes - 1), freedom: votes - 1 };
  return { voters, images, votes: ofVotes, ...twoWayVariance([voters, images], ofVotes) };
}

/**
 * With fewer votes, the variance of single votes hides that of voters and images: simulated intervals of 36 votes cover 99%
 * (`npm run repro -- intervals`).
 */
const fewestVotes = 60;

/** Why there is no interval for other voters and other images; null if there is one. */
export function whyNotCrossed({ voters, images, votes }: { voters: number; images: number; votes: number }): string | null {
  if (voters < 2 || images < fewestClusters)
    return "A 95% interval for other voters and other images needs votes of at least two voters on at least three images.";
  return votes < fewestVotes ? `A 95% interval for other voters and other images needs at least ${fewestVotes} votes.` : null;
}

export interface CrossedShare extends Pick<ShareParts, "share" | "votes"> {
  readonly variance: ShareVariance;
  /** The number of votes, however they are weighted. */
  readonly count: number;
}

export function crossedShareBounds({ share, votes, variance, count }: CrossedShare, confidence = 0.95): BoundsOrReason {
  const [voters, images] = [variance.voters.freedom + 1, variance.images.freedom + 1];
  const reason = whyNotCrossed({ voters, images, votes: count });
  if (reason !== null) return undefinedBecause(reason);
  if (variance.total === 0) {
    const smaller = Math.min(voters, images);
    const { low, high } = exactInterval(share * smaller, smaller, confidence);
    return { defined: true, low, high };
  }
  const reach = studentCriticalValue(confidence, variance.freedom);
  return { defined: true, ...clusteredShareBounds({ share, variance: variance.total, votes }, reach) };
}
