/** What people say about each image: its agreement with intervals, and whether it is above chance among all images of the study. */
import type { Interval } from "@pareidolia/analysis/bootstrap";
import { type BetaPrior, betaInterval } from "../intervals/betaInterval.ts";
import { intervalOfShare, type ShareInterval } from "../intervals/shareInterval.ts";
import { binomialUpperTail } from "../numbers/binomialTail.ts";
import { benjaminiHochberg } from "./benjaminiHochberg.ts";
import type { Tally } from "./imageTally.ts";

export interface ImageOptions {
  /** Probability that a guess agrees, in (0, 1); null if the protocol has none. */
  readonly chance: number | null;
  /** Default Wilson's. Of a sequence, p is not defined: it holds for a fixed number of votes only. */
  readonly interval?: ShareInterval;
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
  readonly interval: Interval | null;
  /** The posterior's; without votes, the prior's. */
  readonly beta: Interval;
  /** Exact one-sided p against chance; null without votes or chance, and with a sequence. */
  readonly p: number | null;
  /** p adjusted for all images with votes (Benjamini & Hochberg). */
  readonly adjustedP: number | null;
  /** Whether the adjusted p is at most the false discovery rate; null without p. */
  readonly aboveChance: boolean | null;
  readonly fewVotes: boolean;
}

/** The parts of a record that depend on two counts only. */
type Counted = Pick<ImageRecord, "agreeing" | "votes" | "interval" | "beta" | "p" | "fewVotes">;

function describeCounts(agreeing: number, votes: number, options: ImageOptions): Counted {
  const { chance, interval = "wilson", confidence = 0.95, prior, minimumVotes = 20 } = options;
  return {
    agreeing,
    votes,
    interval: votes === 0 ? null : intervalOfShare(interval, agreeing, votes, confidence),
    beta: betaInterval(agreeing, votes, prior === undefined ? { confidence } : { confidence, prior }),
    p: votes === 0 || chance === null || interval === "sequence" ? null : binomialUpperTail(agreeing, votes, chance),
    fewVotes: votes < minimumVotes,
  };
}

/** @returns one record for each image, in order. */
export function describeImages(tally: Tally, options: ImageOptions): ImageRecord[] {
  const { falseDiscoveryRate = 0.05 } = options;
  // Many images have equal counts, so 50,000 images cost only as much as their distinct counts.
  const known = new Map<number, Counted>();
  const counted = Array.from(tally.votes, (votes, item) => {
    const agreeing = tally.agreeing[item] as number;
    const key = votes * 2 ** 26 + agreeing;
    const record = known.get(key) ?? describeCounts(agreeing, votes, options);
    known.set(key, record);
    return record;
  });
  const adjusted = benjaminiHochberg(counted.flatMap(({ p }) => (p === null ? [] : [p]))).values();
  return counted.map((record, item) => {
    const adjustedP = record.p === null ? null : (adjusted.next().value as number);
    return {
      item,
      ...record,
      missing: tally.missing[item] as number,
      adjustedP,
      aboveChance: adjustedP === null ? null : adjustedP <= falseDiscoveryRate,
    };
  });
}
