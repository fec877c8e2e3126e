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
  const length = table.item.length;
  const start = new Int32Array(items + 1);
  for (let v = 0; v < length; v++) {
    const next = (table.item[v] as number) + 1;
    start[next] = (start[next] as number) + 1;
  }
  for (let i = 0; i < items; i++) start[i + 1] = (start[i + 1] as number) + (start[i] as number);
  // Voter and answer as one number, so that sorting an item's votes sorts one column.
  const cell = voters * answers < 2 ** 31 ? new Int32Array(length) : new Float64Array(length);
  const next = start.slice(0, items);
  for (let v = 0; v < length; v++) {
    const i = table.item[v] as number;
    const at = next[i] as number;
    next[i] = at + 1;
    cell[at] = (table.voter[v] as number) * answers + (table.answer[v] as number);
  }
  for (let i = 0; i < items; i++) sortRange(cell, start[i] as number, start[i + 1] as number);
  const voter = new Int32Array(length);
  const answer = new Int32Array(length);
  for (let k = 0; k < length; k++) {
    const key = cell[k] as number;
    const v = Math.floor(key / answers);
    voter[k] = v;
    answer[k] = key - v * answers;
  }
  return { items, voters, answers, start, voter, answer };
}

/** Insertion sort for the few votes of most items. */
function sortRange(values: Int32Array | Float64Array, from: number, to: number): void {
  if (to - from > 24) {
    values.subarray(from, to).sort();
    return;
  }
  for (let k = from + 1; k < to; k++) {
    const value = values[k] as number;
    let at = k;
    while (at > from && (values[at - 1] as number) > value) {
      values[at] = values[at - 1] as number;
      at--;
    }
    values[at] = value;
  }
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

/** Whether the table is in the order of items and no voter has two votes on one item: a fast form of the check for most tables. */
export function hasSingleVotesInOrder({ voters, item, voter }: VoteTable): boolean {
  const last = new Int32Array(voters).fill(-1);
  for (let v = 0; v < item.length; v++) {
    const i = item[v] as number;
    if (v > 0 && i < (item[v - 1] as number)) return false;
    if (last[voter[v] as number] === i) return false;
    last[voter[v] as number] = i;
  }
  return true;
}

/** Number of votes for each answer of each item, items x answers. Counts of batches add up. */
export function countAnswers(table: VoteTable): Int32Array {
  checkVoteTable(table);
  const { items, answers, item, answer } = table;
  const counts = new Int32Array(items * answers);
  for (let v = 0; v < item.length; v++) {
    const at = (item[v] as number) * answers + (answer[v] as number);
    counts[at] = (counts[at] as number) + 1;
  }
  return counts;
}
