/** The E-step of confusion models and the soft counts for the next M-step, in one pass over the votes. */
import type { VotesByItem } from "../votesByItem.ts";

/** The output of a pass. */
export interface Expected {
  /** Votes for each answer of each voter by truth, in the columns of the model's table. */
  readonly counts: Float64Array;
  /** Number of items with votes for each truth. */
  readonly truths: Float64Array;
}

/**
 * Returns the log-likelihood. Writes p(truth | votes), items x answers, if it is given an array for it: the prevalence for items without
 * votes.
 */
export type Pass = (logTable: Float64Array, prevalence: Float64Array, expected: Expected, posterior: Float64Array | null) => number;

/** For tables of all truths. */
export function expectationPass(votes: VotesByItem): Pass {
  const { items, answers, start, voter, answer } = votes;
  if (answers === 2) return twoAnswerPass(votes);
  const row = new Int32Array(voter.length);
  for (let k = 0; k < row.length; k++) row[k] = ((voter[k] as number) * answers + (answer[k] as number)) * answers;
  return (logTable, prevalence, { counts, truths }, posterior) => {
    const logPrevalence = prevalence.map(Math.log);
    const weights = new Float64Array(answers);
    counts.fill(0);
    truths.fill(0);
    let logLikelihood = 0;
    for (let i = 0; i < items; i++) {
      const from = start[i] as number;
      const to = start[i + 1] as number;
      weights.set(logPrevalence);
      for (let k = from; k < to; k++) {
        const at = row[k] as number;
        for (let c = 0; c < answers; c++) weights[c] = (weights[c] as number) + (logTable[at + c] as number);
      }
      let largest = Number.NEGATIVE_INFINITY;
      for (let c = 0; c < answers; c++) largest = Math.max(largest, weights[c] as number);
      let sum = 0;
      for (let c = 0; c < answers; c++) {
        const weight = Math.exp((weights[c] as number) - largest);
        weights[c] = weight;
        sum += weight;
      }
      if (to > from) logLikelihood += largest + Math.log(sum);
      const target = i * answers;
      for (let c = 0; c < answers; c++) {
        weights[c] = (weights[c] as number) / sum;
        if (posterior !== null) posterior[target + c] = weights[c] as number;
        if (to > from) truths[c] = (truths[c] as number) + (weights[c] as number);
      }
      for (let k = from; k < to; k++) {
        const at = row[k] as number;
        for (let c = 0; c < answers; c++) counts[at + c] = (counts[at + c] as number) + (weights[c] as number);
      }
    }
    return logLikelihood;
  };
}

/** The logarithm of a probability of 0, finite so that sums stay numbers: far below every other. */
const never = -1e4;

/** With two answers, the log-odds of the second are enough, and the counts of the first follow from the numbers of votes. */
function twoAnswerPass({ items, voters, start, voter, answer }: VotesByItem): Pass {
  const cell = new Int32Array(voter.length);
  const cast = new Float64Array(2 * voters);
  for (let k = 0; k < cell.length; k++) {
    const at = 2 * (voter[k] as number) + (answer[k] as number);
    cell[k] = at;
    cast[at] = (cast[at] as number) + 1;
  }
  let voted = 0;
  for (let i = 0; i < items; i++) if (start[i] !== start[i + 1]) voted++;
  const odds = new Float64Array(2 * voters);
  const second = new Float64Array(2 * voters);
  return (logTable, prevalence, { counts, truths }, posterior) => {
    // The log-likelihood is the sum of log p(votes, first truth), which needs only the numbers of votes, and of log(1 + odds).
    let logLikelihood = voted * Math.log(prevalence[0] as number);
    for (let at = 0; at < odds.length; at++) {
      const [ofFirst, ofSecond] = [Math.max(logTable[2 * at] as number, never), Math.max(logTable[2 * at + 1] as number, never)];
      odds[at] = ofSecond - ofFirst;
      if ((cast[at] as number) > 0) logLikelihood += (cast[at] as number) * ofFirst;
    }
    const prior = Math.log((prevalence[1] as number) / (prevalence[0] as number));
    second.fill(0);
    let product = 1;
    let seconds = 0;
    for (let i = 0; i < items; i++) {
      const from = start[i] as number;
      const to = start[i + 1] as number;
      let sum = prior;
      for (let k = from; k < to; k++) sum += odds[cell[k] as number] as number;
      const ratio = Math.exp(-Math.abs(sum));
      const likelier = 1 / (1 + ratio);
      if (to > from) {
        if (sum > 0) logLikelihood += sum;
        seconds += sum > 0 ? likelier : ratio * likelier;
        // From .5 to 1, so one logarithm serves many items.
        product *= likelier;
        if (product < 1e-200) {
          logLikelihood -= Math.log(product);
          product = 1;
        }
      }
      const share = sum > 0 ? likelier : ratio * likelier;
      if (posterior !== null) {
        posterior[2 * i] = sum > 0 ? ratio * likelier : likelier;
        posterior[2 * i + 1] = share;
      }
      for (let k = from; k < to; k++) second[cell[k] as number] = (second[cell[k] as number] as number) + share;
    }
    for (let at = 0; at < cast.length; at++) {
      counts[2 * at] = Math.max(0, (cast[at] as number) - (second[at] as number));
      counts[2 * at + 1] = second[at] as number;
    }
    truths[0] = voted - seconds;
    truths[1] = seconds;
    return logLikelihood - Math.log(product);
  };
}
