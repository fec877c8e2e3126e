/**
 * The distinct answers that voters gave to each item. Where a voter's wrong answers do not depend on the truth, all truths that no vote on an
 * item names are equally supported by its votes, so models treat them as one: the work is that of the votes, not of all answers.
 */
import type { VotesByItem } from "../votesByItem.ts";
import { type LatentStates, otherTruths } from "./observedInformation.ts";

export interface NamedAnswers {
  /** The answers of item i are at start[i] to start[i + 1] - 1, ascending. */
  readonly start: Int32Array;
  readonly answer: Int32Array;
  /** Of each vote, the place of its answer in the item's list, from 0. */
  readonly placeOf: Int32Array;
  /** Length of the longest list. */
  readonly most: number;
}

export function namedAnswers({ items, answers, start, answer }: VotesByItem): NamedAnswers {
  const starts = new Int32Array(items + 1);
  const names = new Int32Array(answer.length);
  const placeOf = new Int32Array(answer.length);
  const places = new Int32Array(answers);
  let [length, most] = [0, 0];
  for (let i = 0; i < items; i++) {
    const [from, to] = [start[i] as number, start[i + 1] as number];
    const own = Int32Array.from(new Set(answer.subarray(from, to))).sort();
    for (let place = 0; place < own.length; place++) places[own[place] as number] = place;
    for (let k = from; k < to; k++) placeOf[k] = places[answer[k] as number] as number;
    names.set(own, length);
    length += own.length;
    starts[i + 1] = length;
    most = Math.max(most, own.length);
  }
  return { start: starts, answer: names.slice(0, length), placeOf, most };
}

/**
 * The states of an item in which all truths that no vote names are one, but for `apart`. Writes them from the item's row of the posterior,
 * and returns their number, at most `named.most` + 2.
 */
export function statesOfNamed(named: NamedAnswers, row: Float64Array, item: number, apart: number, into: LatentStates): number {
  let [states, sum, known] = [0, 0, false];
  const add = (truth: number, share: number): void => {
    into.truth[states] = truth;
    into.posterior[states++] = share;
  };
  for (let place = named.start[item] as number; place < (named.start[item + 1] as number); place++) {
    const truth = named.answer[place] as number;
    known ||= truth === apart;
    add(truth, row[truth] as number);
    sum += row[truth] as number;
  }
  if (apart !== otherTruths && !known) {
    add(apart, row[apart] as number);
    sum += row[apart] as number;
  }
  if (states < row.length) add(otherTruths, Math.max(0, 1 - sum));
  return states;
}
