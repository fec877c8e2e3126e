/**
 * Counts of votes by image or voter. Tallies of batches add up to the tally of all votes, so a study's results are updated from new votes
 * alone, in any order.
 */
import { AppError } from "@pareidolia/core/appError";
import { type CountedVotes, none } from "../countedVotes.ts";

export interface Tally {
  /** Votes that agree with the image's label, by index. */
  readonly agreeing: Int32Array;
  /** Votes that count. */
  readonly votes: Int32Array;
  /** Answers that do not count as votes, such as "can't tell" where that counts as missing. */
  readonly missing: Int32Array;
}

export function emptyTally(size: number): Tally {
  return { agreeing: new Int32Array(size), votes: new Int32Array(size), missing: new Int32Array(size) };
}

/** Counts votes by image or by voter. */
export function tallyVotes(votes: Pick<CountedVotes, "items" | "voters" | "item" | "voter" | "agrees">, by: "item" | "voter"): Tally {
  const tally = emptyTally(by === "item" ? votes.items : votes.voters);
  const indices = votes[by];
  for (let v = 0; v < indices.length; v++) {
    const index = indices[v] as number;
    foldVote(tally, index, votes.agrees[v] as number);
  }
  return tally;
}

/** @throws AppError INVALID_INPUT if the tallies differ in size. */
export function addTallies(one: Tally, other: Tally): Tally {
  if (one.votes.length !== other.votes.length)
    throw new AppError("INVALID_INPUT", "Only tallies of the same images or voters can be added.");
  const sum = (name: keyof Tally): Int32Array => one[name].map((count, index) => count + (other[name][index] as number));
  return { agreeing: sum("agreeing"), votes: sum("votes"), missing: sum("missing") };
}

/** @param agrees as in `CountedVotes`. */
function foldVote(tally: Tally, index: number, agrees: number): void {
  const column = agrees === none ? tally.missing : tally.votes;
  column[index] = (column[index] as number) + 1;
  if (agrees === 1) tally.agreeing[index] = (tally.agreeing[index] as number) + 1;
}
