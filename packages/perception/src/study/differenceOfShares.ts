/**
 * The difference between the shares of votes that agree in two groups of a study's images, for other voters and other images: the same
 * voters vote on both groups, so what a voter adds to both shares cancels out. The interval combines those of the two shares (Newcombe 1998,
 * "Interval estimation for the difference between independent proportions", method 10; Zou 2007, "Toward using confidence intervals to
 * compare correlations", for correlated ones), so it stays within -1 and 1. The variance of each share is two-way (`twoWayVariance`). The
 * effect size is Cohen's h, the difference of 2 asin(sqrt(share)) (Cohen 1988, "Statistical Power Analysis for the Behavioral Sciences",
 * ch. 6): .2 is small, .5 medium, .8 large; its interval combines those of the two angles.
 */
import type { Interval } from "@pareidolia/analysis/bootstrap";
import { AppError } from "@pareidolia/core/appError";
import { type Undefined, undefinedBecause } from "../agreement/coefficient.ts";
import type { Tally } from "../images/imageTally.ts";
import type { Bounds } from "../intervals/bounds.ts";
import { clusteredShareBounds } from "../intervals/clusteredShare.ts";
import type { ShareVariance } from "../intervals/crossedShare.ts";
import { satterthwaite } from "../intervals/twoWayVariance.ts";
import { studentCriticalValue, studentTwoSidedP } from "../numbers/studentDistribution.ts";
import { clustersOf, varianceOfShare } from "./totalAgreement.ts";

/** Tallies of the same votes: those on the images of one group. */
export interface GroupVotes {
  /** Of all voters of the study. */
  readonly byVoter: Pick<Tally, "agreeing" | "votes">;
  readonly byImage: Pick<Tally, "agreeing" | "votes">;
}

export interface Difference {
  /** Of the first group less the second. */
  readonly difference: Interval;
  /** Two-sided, of no difference. */
  readonly p: number;
  readonly effect: Interval;
}

export type DifferenceOrReason = ({ readonly defined: true } & Difference) | Undefined;

interface Measured {
  readonly share: number;
  readonly votes: number;
  readonly variance: ShareVariance;
  /** Of each voter, null without votes: the voter's part of the share's deviation. */
  readonly scores: readonly (number | null)[];
}

function measured({ byVoter, byImage }: GroupVotes): Measured {
  const [voters, images] = [clustersOf(byVoter), clustersOf(byImage)];
  const votes = voters.reduce((sum, voter) => sum + voter.votes, 0);
  const share = voters.reduce((sum, voter) => sum + voter.agreeing, 0) / votes;
  // Half an image is added on each side to a share of 0 or 1, which is certain for no other images.
  const certain = share === 0 || share === 1;
  const scores = Array.from(byVoter.votes, (count, voter) =>
    count === 0 ? null : ((byVoter.agreeing[voter] as number) - share * count) / votes,
  );
  const smoothed = (share * images.length + 0.5) / (images.length + 1);
  const variance = varianceOfShare(voters, images, share, votes);
  const ofImages = { variance: (smoothed * (1 - smoothed)) / (images.length - 1), freedom: images.length - 1 };
  return { share, votes, scores, variance: certain ? { ...variance, images: ofImages, total: ofImages.variance } : variance };
}

/** With fewer voters or votes, simulated intervals do not cover 93 to 97% (`npm run repro -- intervals`). */
const fewestVoters = 3;
const fewestVotes = 20;

/** @throws AppError INVALID_INPUT if the tallies are of different voters. */
export function differenceOfShares(first: GroupVotes, second: GroupVotes, confidence = 0.95): DifferenceOrReason {
  if (first.byVoter.votes.length !== second.byVoter.votes.length)
    throw new AppError("INVALID_INPUT", "The tallies of both groups must be of the same voters.");
  const groups = [first, second];
  if (groups.some(({ byVoter }) => clustersOf(byVoter).length === 0)) return undefinedBecause("There are no votes on one of the groups.");
  const counts = groups.map(({ byVoter, byImage }) => ({ voters: clustersOf(byVoter), images: clustersOf(byImage) }));
  const [share, other] = counts.map(({ voters }) => {
    const sum = (name: "agreeing" | "votes"): number => voters.reduce((total, voter) => total + voter[name], 0);
    return sum("agreeing") / sum("votes");
  }) as [number, number];
  const enough = counts.every(
    ({ voters, images }) =>
      voters.length >= fewestVoters && images.length >= 2 && voters.reduce((sum, { votes }) => sum + votes, 0) >= fewestVotes,
  );
  if (!enough)
    return undefinedBecause(
      `The 95% interval of a difference needs ${fewestVotes} votes of at least three voters on at least two images of each group.`,
      share - other,
    );
  return combine(measured(first), measured(second), confidence);
}

function combine(one: Measured, other: Measured, confidence: number): DifferenceOrReason {
  const voters = one.scores.filter((score, voter) => score !== null || other.scores[voter] !== null).length;
  const products = one.scores.reduce<number>((sum, score, voter) => sum + (score ?? 0) * (other.scores[voter] ?? 0), 0);
  const covariance = (products * voters) / (voters - 1);
  const shared = Math.max(0, covariance);
  const [own, others] = [one.variance, other.variance];
  const total = Math.max(own.votes.variance + others.votes.variance, own.total + others.total - 2 * shared);
  const ofVoters = {
    variance: Math.max(0, own.voters.variance + others.voters.variance - 2 * covariance),
    freedom: Math.max(own.voters.freedom, others.voters.freedom),
  };
  const freedom = satterthwaite(total, [ofVoters, own.images, others.images]) ?? own.votes.freedom + others.votes.freedom;
  const reach = studentCriticalValue(confidence, freedom);
  const correlation = own.total > 0 && others.total > 0 ? Math.min(0.99, shared / Math.sqrt(own.total * others.total)) : 0;
  const [ends, otherEnds] = [one, other].map(({ share, votes, variance }) => {
    const certain = share === 0 || share === 1;
    return clusteredShareBounds({ share, votes, variance: certain ? 0 : variance.total }, reach);
  }) as [Bounds, Bounds];
  const between = (scale: (share: number) => number): Interval => {
    const [value, low, high] = [one.share, ends.low, ends.high].map(scale) as [number, number, number];
    const [otherValue, otherLow, otherHigh] = [other.share, otherEnds.low, otherEnds.high].map(scale) as [number, number, number];
    const away = (a: number, b: number): number => Math.sqrt(Math.max(0, a * a + b * b - 2 * correlation * a * b));
    const estimate = value - otherValue;
    return {
      estimate,
      low: estimate - away(value - low, otherHigh - otherValue),
      high: estimate + away(high - value, otherValue - otherLow),
    };
  };
  const difference = between((share) => share);
  return {
    defined: true,
    difference,
    p: studentTwoSidedP(difference.estimate / Math.sqrt(total), freedom),
    effect: between((share) => 2 * Math.asin(Math.sqrt(share))),
  };
}
