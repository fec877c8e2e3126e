/**
 * The share of people who recognise the label of an image, beyond guessing, over the votes of studies with different numbers of choices. By
 * the threshold model (`withoutGuesses`), a vote among m choices counts 1 if it agrees and -1 / (m - 1) if it does not: its mean is the
 * share that recognises the label, whatever m is, so votes of different studies have a common mean, while their plain shares do not.
 *
 * Of a recognised share r, one vote has the variance (1 - r) (r + 1 / (m - 1)). The mean of votes with different m thus varies as that of
 * votes with one level of chance, whose odds of a right guess are their mean 1 / (m - 1). At that level, the corrected mean is a plain
 * share, whose interval is transformed back.
 */
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import { undefinedBecause } from "../agreement/coefficient.ts";
import type { Bounds, BoundsOrReason } from "../intervals/bounds.ts";
import { meanShare, type SharesOfImages } from "./meanShare.ts";

/** Votes of which guesses can be counted. */
export interface CorrectedVotes {
  readonly votes: number;
  /** Sum over votes of 1 if they agree, and -1 / (m - 1) if they do not. */
  readonly recognised: number;
  /** Sum over votes of 1 / (m - 1): the odds of a right guess. */
  readonly guessOdds: number;
}

export interface RecognisedShare extends Bounds {
  /** 0 to 1. */
  readonly share: number;
}

/** A share is from 0 to 1, also where fewer votes agree than guesses would. */
export const withinShare = (value: number): number => Math.max(0, Math.min(1, value));

const toPlain = (corrected: number, odds: number): number => (corrected + odds) / (1 + odds);
const toCorrected = (plain: number, odds: number): number => withinShare(plain * (1 + odds) - odds);

/** With the 95% score interval for other voters; null without votes. */
export function recognisedShare({ votes, recognised, guessOdds }: CorrectedVotes): RecognisedShare | null {
  if (votes === 0) return null;
  const odds = guessOdds / votes;
  const { estimate, low, high } = wilsonInterval(withinShare(toPlain(recognised / votes, odds)) * votes, votes);
  return { share: toCorrected(estimate, odds), low: toCorrected(low, odds), high: toCorrected(high, odds) };
}

/** As `SharesOfImages`, of corrected shares: the mean may be below 0. */
export interface CorrectedShares extends SharesOfImages {
  /** Mean over images of the mean odds of a right guess of its votes. */
  readonly odds: number;
}

/** The interval of the mean of corrected shares, for other voters and other images. */
export function meanRecognised({ odds, mean, imageSquares, voterSquares, ...counts }: CorrectedShares): BoundsOrReason {
  const scale = (1 + odds) ** 2;
  const bounds = meanShare({
    ...counts,
    mean: withinShare(toPlain(mean, odds)),
    imageSquares: imageSquares / scale,
    voterSquares: voterSquares / scale,
  });
  if (!bounds.defined) return undefinedBecause(bounds.reason);
  return { defined: true, low: toCorrected(bounds.low, odds), high: toCorrected(bounds.high, odds) };
}
