/**
 * The difference between the shares of votes that agree in two groups of a study's images, for other voters and other images: the same
 * voters vote on both groups, so what a voter adds to both shares cancels out. The variance is two-way (`twoWayVariance`), with a part for
 * the images of each group. The effect size is Cohen's h, the difference of 2 asin(sqrt(share)) (Cohen 1988, "Statistical Power Analysis
 * for the Behavioral Sciences", ch. 6): .2 is small, .5 medium, .8 large. Its interval is by the delta method.
 */
import type { Interval } from "@pareidolia/analysis/bootstrap";
import { AppError } from "@pareidolia/core/appError";
import type { Tally } from "../images/imageTally.ts";
import { studentCriticalValue, studentTwoSidedP } from "../numbers/studentDistribution.ts";
import { type ClusterVariance, clusterVariance, twoWayVariance } from "./twoWayVariance.ts";

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

interface Summed {
  readonly group: GroupVotes;
  readonly images: readonly { readonly agreeing: number; readonly votes: number }[];
  readonly votes: number;
  readonly share: number;
  /** For variances: half an image is added on each side to a share of 0 or 1, which is certain for no other images. */
  readonly smoothed: number;
}

function summed(group: GroupVotes): Summed {
  const images = [...group.byImage.votes.keys()].flatMap((image) => {
    const votes = group.byImage.votes[image] as number;
    return votes === 0 ? [] : [{ votes, agreeing: group.byImage.agreeing[image] as number }];
  });
  const votes = images.reduce((sum, image) => sum + image.votes, 0);
  const share = images.reduce((sum, image) => sum + image.agreeing, 0) / votes;
  const isCertain = share === 0 || share === 1;
  return { group, images, votes, share, smoothed: isCertain ? (share * images.length + 0.5) / (images.length + 1) : share };
}

/**
 * @throws AppError INVALID_INPUT unless both groups have at least two images with votes, two voters have votes on one of them, and the
 * tallies are of the same voters.
 */
export function differenceOfShares(first: GroupVotes, second: GroupVotes, confidence = 0.95): Difference {
  if (first.byVoter.votes.length !== second.byVoter.votes.length)
    throw new AppError("INVALID_INPUT", "The tallies of both groups must be of the same voters.");
  const [one, other] = [summed(first), summed(second)];
  if (one.images.length < 2 || other.images.length < 2)
    throw new AppError("INVALID_INPUT", "A difference of shares needs at least two images with votes in each group.");
  const slopeOfArcsine = ({ smoothed }: Summed): number => 1 / Math.sqrt(smoothed * (1 - smoothed));
  const plain = varianceOf(one, other, [1, 1]);
  const ofEffect = varianceOf(one, other, [slopeOfArcsine(one), slopeOfArcsine(other)]);
  const difference = one.share - other.share;
  const angle = (share: number): number => 2 * Math.asin(Math.sqrt(share));
  return {
    difference: around(difference, plain, confidence),
    p: studentTwoSidedP(difference / Math.sqrt(plain.total), plain.freedom),
    effect: around(angle(one.share) - angle(other.share), ofEffect, confidence),
  };
}

function around(estimate: number, { total, freedom }: { readonly total: number; readonly freedom: number }, confidence: number): Interval {
  const reach = studentCriticalValue(confidence, freedom) * Math.sqrt(total);
  return { estimate, low: estimate - reach, high: estimate + reach };
}

/** @param slopes of the compared function of each share. */
function varianceOf(one: Summed, other: Summed, [slope, otherSlope]: readonly [number, number]) {
  const score = ({ share, votes }: Summed, unit: { readonly agreeing: number; readonly votes: number }): number =>
    (unit.agreeing - share * unit.votes) / votes;
  const voters: number[] = [];
  for (let voter = 0; voter < one.group.byVoter.votes.length; voter++) {
    const [own, others] = [one, other].map(({ group: { byVoter } }) => ({
      agreeing: byVoter.agreeing[voter] as number,
      votes: byVoter.votes[voter] as number,
    })) as [Summed["images"][number], Summed["images"][number]];
    if (own.votes + others.votes > 0) voters.push(slope * score(one, own) - otherSlope * score(other, others));
  }
  if (voters.length < 2) throw new AppError("INVALID_INPUT", "A difference of shares needs votes of at least two voters.");
  const imagesOf = (group: Summed, by: number): ClusterVariance => {
    const count = group.images.length;
    if (group.share === 0 || group.share === 1)
      return { variance: (by ** 2 * group.smoothed * (1 - group.smoothed)) / (count - 1), freedom: count - 1 };
    return clusterVariance(group.images.map((image) => by * score(group, image)));
  };
  const ofVotes = ({ share, votes }: Summed, by: number): number => (by ** 2 * share * (1 - share)) / (votes - 1);
  return twoWayVariance([clusterVariance(voters), imagesOf(one, slope), imagesOf(other, otherSlope)], {
    variance: ofVotes(one, slope) + ofVotes(other, otherSlope),
    freedom: one.votes + other.votes - 2,
  });
}
