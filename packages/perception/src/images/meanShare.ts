/**
 * The mean over images of the share of votes that agree with the label, with an interval for other voters and other images (`crossedShare`).
 * Images count equally, whatever their number of votes, so each vote weighs 1 / (the votes on its image): with as many votes on each image,
 * this is the total agreement with its interval.
 */
import { AppError } from "@pareidolia/core/appError";
import { undefinedBecause } from "../agreement/coefficient.ts";
import { type CountedVotes, none } from "../countedVotes.ts";
import type { BoundsOrReason } from "../intervals/bounds.ts";
import { crossedShareBounds, crossedVariance, whyNotCrossed } from "../intervals/crossedShare.ts";
import { varianceOfSquares } from "../intervals/twoWayVariance.ts";

export interface SharesOfImages {
  /** Images with votes. */
  readonly images: number;
  /** On all of them. */
  readonly votes: number;
  readonly voters: number;
  /** Mean of the images' shares, 0 to 1. */
  readonly mean: number;
  /** Sum over images of the square of its share less the mean. */
  readonly imageSquares: number;
  /** Sum over voters of the square of the voter's sum of (agrees - mean) / (votes on the image), where `agrees` is 0 or 1. */
  readonly voterSquares: number;
  /** Sum over images of 1 / votes. */
  readonly inverseVotes: number;
}

/** @throws AppError INVALID_INPUT for values outside their ranges. */
export function meanShare(shares: SharesOfImages, confidence = 0.95): BoundsOrReason {
  const { images, votes, voters, mean, imageSquares, voterSquares, inverseVotes } = shares;
  if (!(mean >= 0 && mean <= 1 && imageSquares >= 0 && voterSquares >= 0 && votes >= images && inverseVotes <= images))
    throw new AppError("INVALID_INPUT", "A mean share is from 0 to 1, and each image has at least one vote.");
  const reason = whyNotCrossed(shares);
  if (reason !== null) return undefinedBecause(reason);
  // Kish 1965, "Survey Sampling", 11.7: the effective number of weighted votes is (sum of weights)^2 / (sum of squared weights).
  const effective = images ** 2 / inverseVotes;
  const variance = crossedVariance({
    share: mean,
    votes: effective,
    voters: varianceOfSquares(voterSquares / images ** 2, voters),
    images: varianceOfSquares(imageSquares / images ** 2, images),
  });
  return crossedShareBounds({ share: mean, votes: effective, variance, count: votes }, confidence);
}

/** Of the images for which `isMember` is not 0; null without votes on them. */
export function sharesOfImages(
  votes: Pick<CountedVotes, "items" | "voters" | "item" | "voter" | "agrees">,
  isMember: Uint8Array,
): SharesOfImages | null {
  const own: number[] = [];
  const [agreeing, counts] = [new Float64Array(votes.items), new Float64Array(votes.items)];
  for (let vote = 0; vote < votes.item.length; vote++) {
    const image = votes.item[vote] as number;
    if (votes.agrees[vote] === none || isMember[image] === 0) continue;
    own.push(vote);
    counts[image] = (counts[image] as number) + 1;
    if (votes.agrees[vote] === 1) agreeing[image] = (agreeing[image] as number) + 1;
  }
  const judged = [...counts.keys()].filter((image) => (counts[image] as number) > 0);
  if (judged.length === 0) return null;
  const shareOf = (image: number): number => (agreeing[image] as number) / (counts[image] as number);
  const sum = (value: (image: number) => number): number => judged.reduce((total, image) => total + value(image), 0);
  const mean = sum(shareOf) / judged.length;
  const [ofVoter, voted] = [new Float64Array(votes.voters), new Uint8Array(votes.voters)];
  for (const vote of own) {
    const voter = votes.voter[vote] as number;
    voted[voter] = 1;
    ofVoter[voter] = (ofVoter[voter] as number) + ((votes.agrees[vote] as number) - mean) / (counts[votes.item[vote] as number] as number);
  }
  return {
    images: judged.length,
    votes: own.length,
    voters: voted.reduce((total, one) => total + one, 0),
    mean,
    imageSquares: sum((image) => (shareOf(image) - mean) ** 2),
    voterSquares: ofVoter.reduce((total, one) => total + one ** 2, 0),
    inverseVotes: sum((image) => 1 / (counts[image] as number)),
  };
}
