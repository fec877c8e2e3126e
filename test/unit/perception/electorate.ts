/** Random tables of votes for property tests: each voter has at most one vote on an item. */
import type { VoteTable } from "@pareidolia/perception/voteTable";
import fc from "fast-check";

export interface TableSize {
  readonly items?: number;
  readonly voters?: number;
  readonly answers?: number;
}

/** Tables with 2 items or voters up to these sizes. */
export function voteTables({ items = 8, voters = 5, answers = 4 }: TableSize = {}): fc.Arbitrary<VoteTable> {
  return fc
    .record({
      items: fc.integer({ min: 2, max: items }),
      voters: fc.integer({ min: 2, max: voters }),
      answers: fc.integer({ min: 2, max: answers }),
    })
    .chain((size) =>
      fc
        .array(fc.option(fc.integer({ min: 0, max: size.answers - 1 })), {
          minLength: size.items * size.voters,
          maxLength: size.items * size.voters,
        })
        .map((cells) => tableOfCells(size, cells)),
    );
}

/** @param cells items x voters; null if missing. */
export function tableOfCells(size: { items: number; voters: number; answers: number }, cells: readonly (number | null)[]): VoteTable {
  const votes = cells.flatMap((answer, k) =>
    answer === null ? [] : [{ item: Math.floor(k / size.voters), voter: k % size.voters, answer }],
  );
  return {
    ...size,
    item: Int32Array.from(votes, ({ item }) => item),
    voter: Int32Array.from(votes, ({ voter }) => voter),
    answer: Int32Array.from(votes, ({ answer }) => answer),
  };
}

/** Answer a becomes answers - 1 - a. */
export function relabelled(table: VoteTable): VoteTable {
  return { ...table, answer: table.answer.map((a) => table.answers - 1 - a) };
}

/** Voter v becomes voters - 1 - v. */
export function withVotersReversed(table: VoteTable): VoteTable {
  return { ...table, voter: table.voter.map((v) => table.voters - 1 - v) };
}

/** Every third vote first, then the others backwards: two batches. */
export function inTwoBatches(table: VoteTable): readonly [VoteTable, VoteTable] {
  const order = [...table.item.keys()];
  const pick = (votes: readonly number[]): VoteTable => ({
    ...table,
    item: Int32Array.from(votes, (k) => table.item[k] as number),
    voter: Int32Array.from(votes, (k) => table.voter[k] as number),
    answer: Int32Array.from(votes, (k) => table.answer[k] as number),
  });
  return [pick(order.filter((k) => k % 3 === 0)), pick(order.filter((k) => k % 3 !== 0).reverse())];
}
