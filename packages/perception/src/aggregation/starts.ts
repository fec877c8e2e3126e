/**
 * Starts for expectation-maximisation, which finds a local maximum. All follow from the votes alone and treat answers and voters alike,
 * so that relabelling answers or permuting voters relabels or permutes the result, which random starts would not guarantee. Random starts
 * can be added.
 */
import { Purpose, Random } from "@pareidolia/core/random";
import type { VotesByItem } from "../votesByItem.ts";

/** The share of each answer among an item's votes, items x answers: the start of Dawid & Skene 1979. Equal shares without votes. */
export function voteShares({ items, answers, start, answer }: VotesByItem): Float64Array {
  const shares = new Float64Array(items * answers);
  for (let i = 0; i < items; i++) {
    const [from, to] = [start[i] as number, start[i + 1] as number];
    if (from === to) shares.fill(1 / answers, i * answers, (i + 1) * answers);
    for (let k = from; k < to; k++) {
      const at = i * answers + (answer[k] as number);
      shares[at] = (shares[at] as number) + 1 / (to - from);
    }
  }
  return shares;
}

/**
 * Shares raised to this power and normalised: powers above 1 sharpen them towards the majority, powers below 1 flatten them. With infinity,
 * tied answers get equal shares.
 */
export function powerOfShares(shares: Float64Array, answers: number, power: number): Float64Array {
  const result = new Float64Array(shares.length);
  for (let row = 0; row < shares.length; row += answers) {
    let largest = 0;
    for (let c = 0; c < answers; c++) largest = Math.max(largest, shares[row + c] as number);
    let sum = 0;
    for (let c = 0; c < answers; c++) {
      const ratio = (shares[row + c] as number) / largest;
      const weight = power === Number.POSITIVE_INFINITY ? (ratio > 1 - 1e-9 ? 1 : 0) : ratio ** power;
      result[row + c] = weight;
      sum += weight;
    }
    for (let c = 0; c < answers; c++) result[row + c] = (result[row + c] as number) / sum;
  }
  return result;
}

/** The streams of bootstraps have generation 0. */
const streams = 1;

/** Vote shares in which each voter has a random weight, the square of a uniform random number. */
export function randomlyWeightedShares(votes: VotesByItem, seed: number, index: number): Float64Array {
  const random = new Random({ seed, generation: streams, index, purpose: Purpose.RESAMPLE });
  return weightedShares(
    votes,
    Float64Array.from({ length: votes.voters }, () => 1e-3 + random.uniform() ** 2),
  );
}

/** Vote shares in which each voter has this weight, above 0. */
export function weightedShares({ items, answers, start, voter, answer }: VotesByItem, weights: Float64Array): Float64Array {
  const shares = new Float64Array(items * answers);
  for (let i = 0; i < items; i++) {
    let total = 0;
    for (let k = start[i] as number; k < (start[i + 1] as number); k++) {
      const at = i * answers + (answer[k] as number);
      shares[at] = (shares[at] as number) + (weights[voter[k] as number] as number);
      total += weights[voter[k] as number] as number;
    }
    for (let c = 0; c < answers; c++) shares[i * answers + c] = total === 0 ? 1 / answers : (shares[i * answers + c] as number) / total;
  }
  return shares;
}

/** The shares of answer c as those of answer c + shift, cyclically: with two answers, the mirror image. */
export function exchangedShares(shares: Float64Array, answers: number, shift: number): Float64Array {
  return shares.map((_, at) => shares[at - (at % answers) + (((at % answers) - shift + answers) % answers)] as number);
}
