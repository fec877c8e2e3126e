/** Labels and entropies of posteriors, and 95% intervals of probabilities on the log-odds scale. */
import { AppError } from "@pareidolia/core/appError";
import { type VotesByItem, votesByItem } from "../votesByItem.ts";
import type { VoteTable } from "../voteTable.ts";
import type { Bounds } from "./aggregation.ts";

/** The normal quantile of a two-sided 95% interval. */
const z = 1.959963984540054;

/** @throws AppError INVALID_INPUT as `checkVoteTable`, or for fewer than two answers. */
export function votesToAggregate(table: VoteTable): VotesByItem {
  if (table.answers < 2) throw new AppError("INVALID_INPUT", "Aggregating votes needs at least two answers.");
  return votesByItem(table);
}

export function likeliestAnswers({ items, answers, start }: VotesByItem, posterior: Float64Array): Int32Array {
  const label = new Int32Array(items).fill(-1);
  for (let i = 0; i < items; i++) {
    if (start[i] === start[i + 1]) continue;
    let best = 0;
    for (let c = 1; c < answers; c++) if ((posterior[i * answers + c] as number) > (posterior[i * answers + best] as number)) best = c;
    label[i] = best;
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
