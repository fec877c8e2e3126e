/**
 * The E-step of models in which an answer's probability depends on the truth only by whether it is the truth. Their tables have two columns
 * for each answer: its probability if another answer is true, and if it is true. The truths that no vote on an item names share one weight,
 * so a pass takes as long as the votes are many, whatever the number of answers.
 */
import type { VotesByItem } from "../votesByItem.ts";
import type { Pass } from "./expectationPass.ts";
import { namedAnswers } from "./namedAnswers.ts";

export function wrongAndRightPass(votes: VotesByItem): Pass {
  const { items, voters, answers, start, voter, answer } = votes;
  const named = namedAnswers(votes);
  const row = new Int32Array(voter.length);
  const cast = new Float64Array(voters * answers);
  for (let k = 0; k < row.length; k++) {
    const cell = (voter[k] as number) * answers + (answer[k] as number);
    row[k] = 2 * cell;
    cast[cell] = (cast[cell] as number) + 1;
  }
  const weights = new Float64Array(named.most);
  return (logTable, prevalence, { counts, truths }, posterior) => {
    counts.fill(0);
    truths.fill(0);
    let logLikelihood = 0;
    // Of all items: the weight of unnamed truths, for each unit of their prevalence.
    let unnamed = 0;
    for (let i = 0; i < items; i++) {
      const [from, to] = [start[i] as number, start[i + 1] as number];
      const [first, size] = [named.start[i] as number, (named.start[i + 1] as number) - (named.start[i] as number)];
      if (from === to) {
        posterior?.set(prevalence, i * answers);
        continue;
      }
      let base = 0;
      for (let place = 0; place < size; place++) weights[place] = 0;
      for (let k = from; k < to; k++) {
        const wrong = logTable[row[k] as number] as number;
        const place = named.placeOf[k] as number;
        base += wrong;
        weights[place] = (weights[place] as number) + (logTable[(row[k] as number) + 1] as number) - wrong;
      }
      let rest = size === answers ? 0 : 1;
      let largest = size === answers ? Number.NEGATIVE_INFINITY : 0;
      for (let place = 0; place < size; place++) {
        const share = prevalence[named.answer[first + place] as number] as number;
        if (size < answers) rest -= share;
        weights[place] = (weights[place] as number) + Math.log(share);
        largest = Math.max(largest, weights[place] as number);
      }
      // Rounding may leave less than nothing of named truths that have nearly all prevalence.
      rest = Math.max(0, rest);
      const unit = Math.exp(-largest);
      let sum = rest * unit;
      for (let place = 0; place < size; place++) {
        weights[place] = Math.exp((weights[place] as number) - largest);
        sum += weights[place] as number;
      }
      logLikelihood += base + largest + Math.log(sum);
      const scale = size === answers ? 0 : unit / sum;
      unnamed += scale;
      if (posterior !== null) for (let c = 0; c < answers; c++) posterior[i * answers + c] = (prevalence[c] as number) * scale;
      for (let place = 0; place < size; place++) {
        const c = named.answer[first + place] as number;
        const share = (weights[place] as number) / sum;
        weights[place] = share;
        truths[c] = (truths[c] as number) + share - (prevalence[c] as number) * scale;
        if (posterior !== null) posterior[i * answers + c] = share;
      }
      for (let k = from; k < to; k++) {
        const right = (row[k] as number) + 1;
        counts[right] = (counts[right] as number) + (weights[named.placeOf[k] as number] as number);
      }
    }
    for (let cell = 0; cell < cast.length; cell++) {
      const right = counts[2 * cell + 1] as number;
      counts[2 * cell] = Math.max(0, (cast[cell] as number) - right);
    }
    for (let c = 0; c < answers; c++) truths[c] = Math.max(0, (truths[c] as number) + (prevalence[c] as number) * unnamed);
    return logLikelihood;
  };
}
