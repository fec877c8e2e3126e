/** What people say about each image: its agreement with intervals, and whether it is above chance among all images of the study. */
import type { Interval } from "@pareidolia/analysis/bootstrap";
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import { type BetaPrior, betaInterval } from "../intervals/betaInterval.ts";
import { binomialUpperTail } from "../numbers/binomialTail.ts";
import { benjaminiHochberg } from "./benjaminiHochberg.ts";
import type { Tally } from "./imageTally.ts";

export interface ImageOptions {
  /** Probability that a guess agrees, in (0, 1); null if the protocol has none. */
  readonly chance: number | null;
  /** Default .95. */
  readonly confidence?: number;
  /** Default Jeffreys'. */
  readonly prior?: BetaPrior;
  /** Images with fewer votes get the badge `fewVotes`. Default 20. */
  readonly minimumVotes?: number;
  /** Default .05. */
  readonly falseDiscoveryRate?: number;
}

export interface ImageRecord {
  readonly item: number;
  readonly agreeing: number;
  readonly votes: number;
  readonly missing: number;
  /** Null without votes. */
  readonly wilson: Interval | null;
  /** The posterior's; without votes, the prior's. */
  readonly beta: Interval;
  /** Exact one-sided p against chance; null without votes or chance. */
  readonly p: number | null;
  /** p adjusted for all images with votes (Benjamini & Hochberg). */
  readonly adjustedP: number | null;
  /** Whether the adjusted p is at most the false discovery rate; null without p. */
  readonly aboveChance: boolean | null;
  readonly fewVotes: boolean;
}

/** @returns one record for each image, in order. */
export function describeImages(tally: Tally, options: ImageOptions): ImageRecord[] {
  const { chance, confidence = 0.95, prior, minimumVotes = 20, falseDiscoveryRate = 0.05 } = options;
  const ps = Array.from(tally.votes, (votes, item) =>
    votes === 0 || chance === null ? null : binomialUpperTail(tally.agreeing[item] as number, votes, chance),
  );
  const adjusted = benjaminiHochberg(ps.filter((p) => p !== null)).values();
  return ps.map((p, item) => {
    const agreeing = tally.agreeing[item] as number;
    const votes = tally.votes[item] as number;
    const adjustedP = p === null ? null : (adjusted.next().value as number);
    return {
      item,
      agreeing,
      votes,
      missing: tally.missing[item] as number,
      wilson: votes === 0 ? null : wilsonInterval(agreeing, votes, confidence),
      beta: betaInterval(agreeing, votes, prior === undefined ? { confidence } : { confidence, prior }),
      p,
      adjustedP,
      aboveChance: adjustedP === null ? null : adjustedP <= falseDiscoveryRate,
      fewVotes: votes < minimumVotes,
    };
  });
}
