/** Joins batches of votes into one table, and keeps only the first vote of each voter on each item. */
import { AppError } from "@pareidolia/core/appError";
import { checkVoteTable, type VoteTable } from "./voteTable.ts";

/** @throws AppError INVALID_INPUT for no batch, or batches of different numbers of items, voters or answers. */
export function mergeVotes(batches: readonly VoteTable[]): VoteTable {
  const [first] = batches;
  if (first === undefined) throw new AppError("INVALID_INPUT", "Merging needs at least one batch of votes.");
  const { items, voters, answers } = first;
  if (batches.some((batch) => batch.items !== items || batch.voters !== voters || batch.answers !== answers))
    throw new AppError("INVALID_INPUT", "Batches of votes must have the same numbers of items, voters and answers.");
  return { items, voters, answers, item: join(batches, "item"), voter: join(batches, "voter"), answer: join(batches, "answer") };
}

function join(batches: readonly VoteTable[], column: "item" | "voter" | "answer"): Int32Array {
  const joined = new Int32Array(batches.reduce((length, batch) => length + batch[column].length, 0));
  let at = 0;
  for (const batch of batches) {
    joined.set(batch[column], at);
    at += batch[column].length;
  }
  return joined;
}

/** The votes of the table whose voter has no earlier vote on the same item; the table must be in the order in which they were cast. */
export function firstVotes(table: VoteTable): VoteTable {
  checkVoteTable(table);
  const seen = new Set<number>();
  const kept: number[] = [];
  for (let v = 0; v < table.item.length; v++) {
    const key = (table.item[v] as number) * table.voters + (table.voter[v] as number);
    if (seen.has(key)) continue;
    seen.add(key);
    kept.push(v);
  }
  const select = (column: Int32Array): Int32Array => Int32Array.from(kept, (v) => column[v] as number);
  return { ...table, item: select(table.item), voter: select(table.voter), answer: select(table.answer) };
}
