/**
 * Votes as columns: vote v says that voter `voter[v]` gave answer `answer[v]` to item `item[v]`. An item is an image, or a question about
 * an image. Every statistic of this package reads this table, so no result depends on the order of votes or on how they were batched.
 */
import { AppError } from "@pareidolia/core/appError";

export interface VoteTable {
  /** Number of items; indices are 0 to items - 1. An item may have no votes. */
  readonly items: number;
  readonly voters: number;
  /** Number of answers that a vote can have. "Can't tell" is a missing vote or an answer of its own, depending on the protocol. */
  readonly answers: number;
  readonly item: Int32Array;
  readonly voter: Int32Array;
  readonly answer: Int32Array;
}

/** @throws AppError INVALID_INPUT if the columns differ in length, or an index is outside its range. */
export function checkVoteTable({ items, voters, answers, item, voter, answer }: VoteTable): void {
  if (item.length !== voter.length || item.length !== answer.length)
    throw new AppError("INVALID_INPUT", "The columns of a vote table must have the same length.");
  for (let v = 0; v < item.length; v++) {
    const inRange = within(item[v], items) && within(voter[v], voters) && within(answer[v], answers);
    if (!inRange) throw new AppError("INVALID_INPUT", `Vote ${v} has an item, a voter or an answer outside the table.`);
  }
}

function within(index: number | undefined, size: number): boolean {
  return index !== undefined && index >= 0 && index < size;
}
