/**
 * Cohen's kappa (1960) of each pair of voters on the items that both voted on, and its mean over pairs. Unlike Fleiss' kappa, chance
 * agreement follows from the answers of these two voters, so a voter with a response bias is compared with the agreement that this bias
 * alone would produce.
 */
import type { BootstrapOptions } from "@pareidolia/analysis/bootstrap";
import { checkSingleVotes, type VotesByItem, votesByItem } from "../votesByItem.ts";
import type { VoteTable } from "../voteTable.ts";
import { type Coefficient, type CoefficientInterval, undefinedBecause, withInterval } from "./coefficient.ts";

export interface PairKappa {
  readonly first: number;
  readonly second: number;
  readonly kappa: Coefficient;
}

/**
 * Kappa of all pairs of voters who share an item, first < second. @throws AppError INVALID_INPUT if a voter has several votes on an item.
 */
export function pairwiseKappa(table: VoteTable): readonly PairKappa[] {
  const { votes, pairs } = sharedVotes(table);
  const weights = new Float64Array(votes.items).fill(1);
  return pairs.map((pair) => {
    const { first, second, item } = pair;
    const estimate = kappaOfPair(pair, votes.answers, weights);
    const kappa: Coefficient = Number.isNaN(estimate)
      ? undefinedBecause("Both voters always gave the same single answer, so agreement cannot be distinguished from chance.")
      : { defined: true, estimate, items: item.length, votes: 2 * item.length };
    return { first, second, kappa };
  });
}

/** The mean over pairs with a defined kappa; its interval resamples items. @throws AppError INVALID_INPUT as `pairwiseKappa`. */
export function meanPairwiseKappa(table: VoteTable, options: BootstrapOptions): CoefficientInterval {
  const { votes, pairs } = sharedVotes(table);
  const shared: number[] = [];
  const used = new Int32Array(votes.items).fill(-1);
  for (let i = 0; i < votes.items; i++)
    if ((votes.start[i + 1] as number) - (votes.start[i] as number) >= 2) {
      used[i] = shared.length;
      shared.push(i);
    }
  const compact = pairs.map((pair) => ({ ...pair, item: pair.item.map((i) => used[i] as number) }));
  const statistic = (weights: Float64Array): number => {
    let sum = 0;
    let count = 0;
    for (const pair of compact) {
      const kappa = kappaOfPair(pair, votes.answers, weights);
      if (Number.isNaN(kappa)) continue;
      sum += kappa;
      count++;
    }
    return sum / count;
  };
  const estimate = statistic(new Float64Array(shared.length).fill(1));
  if (Number.isNaN(estimate)) return undefinedBecause("No two voters share an item, or every pair always gave the same single answer.");
  const cast = shared.reduce((sum, i) => sum + (votes.start[i + 1] as number) - (votes.start[i] as number), 0);
  return withInterval({ defined: true, estimate, items: shared.length, votes: cast }, { ...options, units: shared.length, statistic });
}

interface SharedVotes {
  readonly first: number;
  readonly second: number;
  readonly item: Int32Array;
  readonly firstAnswer: Int32Array;
  readonly secondAnswer: Int32Array;
}

function sharedVotes(table: VoteTable): { readonly votes: VotesByItem; readonly pairs: readonly SharedVotes[] } {
  const votes = votesByItem(table);
  checkSingleVotes(votes);
  const { items, voters, start, voter, answer } = votes;
  const collected = new Map<number, { item: number[]; firstAnswer: number[]; secondAnswer: number[] }>();
  for (let i = 0; i < items; i++)
    for (let a = start[i] as number; a < (start[i + 1] as number); a++)
      for (let b = a + 1; b < (start[i + 1] as number); b++) {
        const key = (voter[a] as number) * voters + (voter[b] as number);
        let pair = collected.get(key);
        if (pair === undefined) {
          pair = { item: [], firstAnswer: [], secondAnswer: [] };
          collected.set(key, pair);
        }
        pair.item.push(i);
        pair.firstAnswer.push(answer[a] as number);
        pair.secondAnswer.push(answer[b] as number);
      }
  const pairs = [...collected]
    .sort(([a], [b]) => a - b)
    .map(([key, { item, firstAnswer, secondAnswer }]) => ({
      first: Math.floor(key / voters),
      second: key % voters,
      item: Int32Array.from(item),
      firstAnswer: Int32Array.from(firstAnswer),
      secondAnswer: Int32Array.from(secondAnswer),
    }));
  return { votes, pairs };
}

/** NaN without shared items, or if chance agreement is certain. */
function kappaOfPair({ item, firstAnswer, secondAnswer }: SharedVotes, answers: number, weights: Float64Array): number {
  const first = new Float64Array(answers);
  const second = new Float64Array(answers);
  let total = 0;
  let agreed = 0;
  for (let k = 0; k < item.length; k++) {
    const weight = weights[item[k] as number] as number;
    const [a, b] = [firstAnswer[k] as number, secondAnswer[k] as number];
    total += weight;
    first[a] = (first[a] as number) + weight;
    second[b] = (second[b] as number) + weight;
    if (a === b) agreed += weight;
  }
  let chance = 0;
  for (let a = 0; a < answers; a++) chance += (first[a] as number) * (second[a] as number);
  // Integers, so that 0/0 is found exactly.
  return total === 0 || chance === total * total ? Number.NaN : (agreed * total - chance) / (total * total - chance);
}
