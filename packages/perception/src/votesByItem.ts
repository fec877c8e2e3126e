/**
 * Votes grouped by item, in compressed sparse rows and in one canonical order: by item, then voter, then answer. Sums over these rows are
 * the same to the last bit however the votes arrived, in which order and in how many batches.
 */
import { AppError } from "@pareidolia/core/appError";
import { checkVoteTable, type VoteTable } from "./voteTable.ts";

export interface VotesByItem {
  readonly items: number;
  readonly voters: number;
  readonly answers: number;
  /** The votes of item i are at start[i] to start[i + 1] - 1. */
  readonly start: Int32Array;
  readonly voter: Int32Array;
  readonly answer: Int32Array;
}

/** @throws AppError INVALID_INPUT as `checkVoteTable`. */
export function votesByItem(table: VoteTable): VotesByItem {
  checkVoteTable(table);
  const { items, voters, answers } = table;
  // Stable counting sorts, least significant key first.
  const byAnswer = stableOrder(table.answer, answers, null);
  const byVoter = stableOrder(table.voter, voters, byAnswer);
  const order = stableOrder(table.item, items, byVoter);
  const start = new Int32Array(items + 1);
  for (let v = 0; v < table.item.length; v++) start[(table.item[v] as number) + 1]!++;
  for (let i = 0; i < items; i++) start[i + 1]! += start[i] as number;
  const voter = new Int32Array(order.length);
  const answer = new Int32Array(order.length);
  for (let k = 0; k < order.length; k++) {
    const v = order[k] as number;
    voter[k] = table.voter[v] as number;
    answer[k] = table.answer[v] as number;
  }
  return { items, voters, answers, start, voter, answer };
}

function stableOrder(key: Int32Array, size: number, previous: Int32Array | null): Int32Array {
  const next = new Int32Array(size + 1);
  for (let v = 0; v < key.length; v++) next[(key[v] as number) + 1]!++;
  for (let k = 0; k < size; k++) next[k + 1]! += next[k] as number;
  const order = new Int32Array(key.length);
  for (let k = 0; k < key.length; k++) {
    const v = previous === null ? k : (previous[k] as number);
    order[next[key[v] as number]!++] = v;
  }
  return order;
}

/**
 * For coefficients of agreement between different voters.
 * @throws AppError INVALID_INPUT if a voter has two votes on one item.
 */
export function checkSingleVotes({ items, start, voter }: VotesByItem): void {
  for (let i = 0; i < items; i++)
    for (let k = (start[i] as number) + 1; k < (start[i + 1] as number); k++)
      if (voter[k] === voter[k - 1])
        throw new AppError("INVALID_INPUT", `Voter ${voter[k]} has several votes on item ${i}. Keep one of them, for example the first.`);
}

/** Number of votes for each answer of each item, items x answers. Counts of batches add up. */
export function countAnswers(table: VoteTable): Int32Array {
  checkVoteTable(table);
  const { items, answers, item, answer } = table;
  const counts = new Int32Array(items * answers);
  for (let v = 0; v < item.length; v++) counts[(item[v] as number) * answers + (answer[v] as number)]!++;
  return counts;
}
