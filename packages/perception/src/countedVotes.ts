/**
 * The counted votes of a study as columns, with everything that its statistics read: the voter, the image, the answer, whether it agrees
 * with the image's label, and its place in the session. Gold, noise and canary trials are never in this table.
 */
import { AppError } from "@pareidolia/core/appError";
import type { VoteTable } from "./voteTable.ts";

/** Marks a missing value in `agrees`, `answer` and `target`. */
export const none = -1;

export interface CountedVotes {
  /** Number of images; indices are 0 to items - 1. An image may have no votes. */
  readonly items: number;
  readonly voters: number;
  /** Number of categories of answers and targets: labels, or positions. */
  readonly answers: number;
  readonly item: Int32Array;
  readonly voter: Int32Array;
  /** The category of the answer; `none` for "can't tell". */
  readonly answer: Int32Array;
  /** The category that agrees with the image's label; `none` if no category does. */
  readonly target: Int32Array;
  /** 1: agrees; 0: does not; `none`: no vote, such as "can't tell" where that counts as missing. */
  readonly agrees: Int8Array;
  /** The trial's place in the voter's session, from 0. */
  readonly trial: Int32Array;
  /** Milliseconds from display to answer; NaN if not recorded. */
  readonly responseMs: Float64Array;
}

const columns = ["item", "voter", "answer", "target", "agrees", "trial", "responseMs"] as const;

/** @throws AppError INVALID_INPUT if the columns differ in length, or a value is outside its range. */
export function checkCountedVotes(votes: CountedVotes): void {
  const { length } = votes.item;
  for (const name of columns)
    if (votes[name].length !== length)
      throw new AppError("INVALID_INPUT", `The column ${name} of a table of votes differs in length from the others.`);
  const within = (value: number | undefined, from: number, size: number): boolean => value !== undefined && value >= from && value < size;
  for (let v = 0; v < length; v++) {
    const indices = within(votes.item[v], 0, votes.items) && within(votes.voter[v], 0, votes.voters);
    const categories = within(votes.answer[v], none, votes.answers) && within(votes.target[v], none, votes.answers);
    if (!indices || !categories || !within(votes.agrees[v], none, 2))
      throw new AppError("INVALID_INPUT", `Vote ${v} has an image, a voter or an answer outside the table.`);
  }
}

/** Keeps the votes for which `keep` holds, such as those of voters that no rule excludes. */
export function filterVotes(votes: CountedVotes, keep: (vote: number) => boolean): CountedVotes {
  const { length } = votes.item;
  const kept = new Uint32Array(length);
  let count = 0;
  for (let vote = 0; vote < length; vote++) if (keep(vote)) kept[count++] = vote;
  const take = <Column extends Int32Array | Int8Array | Float64Array>(from: Column, to: Column): Column => {
    for (let k = 0; k < count; k++) to[k] = from[kept[k] as number] as number;
    return to;
  };
  return {
    ...votes,
    item: take(votes.item, new Int32Array(count)),
    voter: take(votes.voter, new Int32Array(count)),
    answer: take(votes.answer, new Int32Array(count)),
    target: take(votes.target, new Int32Array(count)),
    agrees: take(votes.agrees, new Int8Array(count)),
    trial: take(votes.trial, new Int32Array(count)),
    responseMs: take(votes.responseMs, new Float64Array(count)),
  };
}

/** The votes with an answer, for agreement coefficients and aggregation. */
export function answeredVotes(votes: CountedVotes): VoteTable {
  return filterVotes(votes, (vote) => votes.answer[vote] !== none);
}
