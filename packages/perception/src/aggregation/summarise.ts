/** Labels and entropies of posteriors, and 95% intervals of probabilities on the log-odds scale. */
import { AppError } from "@pareidolia/core/appError";
import { Purpose, Random } from "@pareidolia/core/random";
import { type VotesByItem, votesByItem } from "../votesByItem.ts";
import type { VoteTable } from "../voteTable.ts";
import type { Bounds } from "./aggregation.ts";

/** The normal quantile of a two-sided 95% interval. */
const z = 1.959963984540054;

/** Probabilities of a result, items x answers: with more, it does not fit into memory. */
const maxProbabilities = 1e8;

/** @throws AppError INVALID_INPUT as `checkVoteTable`, for fewer than two answers, or for too many items and answers. */
export function votesToAggregate(table: VoteTable): VotesByItem {
  if (table.answers < 2) throw new AppError("INVALID_INPUT", "Aggregating votes needs at least two answers.");
  if (table.items * table.answers > maxProbabilities)
    throw new AppError(
      "INVALID_INPUT",
      `${table.items} items with ${table.answers} answers are too many to aggregate at once. Aggregate them in several parts.`,
    );
  return votesByItem(table);
}

/** The stream of ties, besides those of bootstraps and starts. */
const tieStream = 5;
/** Probabilities that differ by less are tied: their difference is rounding. */
const tied = 1e-12;

/** The most probable answer of each item with votes, -1 without. The seed decides ties, item by item, so no class is favoured. */
export function likeliestAnswers({ items, answers, start }: VotesByItem, posterior: Float64Array, seed: number): Int32Array {
  const label = new Int32Array(items).fill(-1);
  for (let i = 0; i < items; i++) {
    if (start[i] === start[i + 1]) continue;
    const row = posterior.subarray(i * answers, (i + 1) * answers);
    let [most, ties] = [0, 0];
    for (let c = 0; c < answers; c++) most = Math.max(most, row[c] as number);
    for (let c = 0; c < answers; c++) if ((row[c] as number) >= most - tied) ties++;
    let left = ties === 1 ? 0 : new Random({ seed, generation: tieStream, index: i, purpose: Purpose.RESAMPLE }).below(ties);
    label[i] = row.findIndex((p) => p >= most - tied && left-- === 0);
  }
  return label;
}

/** Of each row, in bits. */
export function rowEntropies(posterior: Float64Array, answers: number): Float64Array {
  const entropy = new Float64Array(posterior.length / answers);
  for (let i = 0; i < entropy.length; i++)
    for (let c = 0; c < answers; c++) {
      const p = posterior[i * answers + c] as number;
      if (p > 0) entropy[i] = (entropy[i] as number) - p * Math.log2(p);
    }
  return entropy;
}

/** Log-odds plus and minus their deviations; NaN where the deviation is NaN. */
export function logOddsBounds(logOdds: Float64Array, deviations: Float64Array): Bounds {
  const at = (side: number): Float64Array => logOdds.map((value, i) => 1 / (1 + Math.exp(-(value + side * (deviations[i] as number)))));
  return { low: at(-z), high: at(z) };
}

/** Log-odds of each item's label; NaN without votes. */
export function labelLogOdds(posterior: Float64Array, answers: number, label: Int32Array): Float64Array {
  return Float64Array.from(label, (best, i) => {
    if (best < 0) return Number.NaN;
    let others = 0;
    for (let c = 0; c < answers; c++) if (c !== best) others += posterior[i * answers + c] as number;
    return Math.log((posterior[i * answers + best] as number) / others);
  });
}

/** NaN for voters without votes. */
export function onlyVoters({ voters, voter }: VotesByItem, values: Float64Array): Float64Array {
  const voted = new Uint8Array(voters);
  for (const v of voter) voted[v] = 1;
  return values.map((value, v) => (voted[v] === 1 ? value : Number.NaN));
}
