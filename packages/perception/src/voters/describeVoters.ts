/** Describes each voter of a study: agreement, attention, speed, preferred answers and copied labels. */
import type { Interval } from "@pareidolia/analysis/bootstrap";
import { type CountedVotes, none } from "../countedVotes.ts";
import { tallyVotes } from "../images/imageTally.ts";
import { exactInterval } from "../intervals/exactInterval.ts";
import { type CanaryResult, type CheckVotes, canaryTest } from "./canaryTest.ts";
import { type ResponseTimeLimits, type ResponseTimes, responseTimes } from "./responseTimes.ts";

/** Hits among trials, with the exact interval; the interval is null without trials. */
export interface Hits {
  readonly hits: number;
  readonly of: number;
  readonly share: Interval | null;
}

export interface VoterRecord {
  readonly voter: number;
  readonly agreement: Hits;
  /** Answers that do not count as votes. */
  readonly missing: number;
  readonly gold: Hits;
  readonly noise: Hits;
  readonly canaries: CanaryResult;
  /** Null if no time was recorded. */
  readonly times: ResponseTimes | null;
  /** The most frequent answer and its number; null without answers. */
  readonly favourite: { readonly category: number; readonly times: number; readonly of: number } | null;
}

export interface VoterChecks {
  readonly gold?: CheckVotes;
  readonly noise?: CheckVotes;
  readonly canaries?: CheckVotes;
  /** How often people name the networks' label of each canary, if it is known. */
  readonly canaryRates?: readonly number[];
}

function hitsOf(hits: number, of: number, confidence: number): Hits {
  return { hits, of, share: of === 0 ? null : exactInterval(hits, of, confidence) };
}

function countHits(checks: CheckVotes | undefined, voters: number, confidence: number): Hits[] {
  const hits = new Int32Array(voters);
  const of = new Int32Array(voters);
  for (const [index, voter] of (checks?.voter ?? new Int32Array()).entries()) {
    of[voter] = (of[voter] as number) + 1;
    hits[voter] = (hits[voter] as number) + (checks?.hit[index] as number);
  }
  return Array.from(of, (count, voter) => hitsOf(hits[voter] as number, count, confidence));
}

/** @returns one record for each voter, in order. */
export function describeVoters(
  votes: CountedVotes,
  { gold, noise, canaries, canaryRates }: VoterChecks,
  { confidence = 0.95, ...limits }: ResponseTimeLimits & { readonly confidence?: number } = {},
): VoterRecord[] {
  const { voters } = votes;
  const tally = tallyVotes(votes, "voter");
  const goldHits = countHits(gold, voters, confidence);
  const noiseHits = countHits(noise, voters, confidence);
  const empty: CheckVotes = { items: 0, voters, item: new Int32Array(), voter: new Int32Array(), hit: new Uint8Array() };
  const canaryResults = canaryTest(canaries ?? empty, canaryRates);
  const times = Array.from({ length: voters }, (): number[] => []);
  const answers = Array.from({ length: voters }, () => new Map<number, number>());
  for (const [index, voter] of votes.voter.entries()) {
    times[voter]?.push(votes.responseMs[index] as number);
    const answer = votes.answer[index] as number;
    const counts = answers[voter];
    if (answer !== none) counts?.set(answer, (counts.get(answer) ?? 0) + 1);
  }
  return Array.from(tally.votes, (count, voter) => ({
    voter,
    agreement: hitsOf(tally.agreeing[voter] as number, count, confidence),
    missing: tally.missing[voter] as number,
    gold: goldHits[voter] as Hits,
    noise: noiseHits[voter] as Hits,
    canaries: canaryResults[voter] as CanaryResult,
    times: responseTimes(times[voter] as number[], limits),
    favourite: favouriteOf(answers[voter] as ReadonlyMap<number, number>),
  }));
}

/** Ties go to the lower category. */
function favouriteOf(counts: ReadonlyMap<number, number>): VoterRecord["favourite"] {
  let best: { category: number; times: number } | null = null;
  let of = 0;
  for (const [category, times] of [...counts].sort(([one], [other]) => one - other)) {
    of += times;
    if (best === null || times > best.times) best = { category, times };
  }
  return best === null ? null : { ...best, of };
}
