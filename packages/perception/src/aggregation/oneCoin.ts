/**
 * One coin: a voter gives the right answer with probability `skill`, whatever that answer is, and otherwise each wrong answer equally often
 * (Dawid-Skene with one parameter per voter; Zhang et al. 2014, "Spectral methods meet EM", section 2). A skill is never below chance: a
 * vote for an answer never counts against it.
 */
import type { ConfusionModel } from "./confusionModel.ts";

export interface OneCoinPriors {
  /** Pseudo-votes of each voter for right answers. Default 1. */
  readonly right?: number;
  /** Pseudo-votes of each voter for wrong answers. Default .5. */
  readonly wrong?: number;
  /** Pseudo-items of each truth. Default 1. */
  readonly prevalence?: number;
}

export function oneCoinModel(answers: number, { right = 1, wrong = 0.5, prevalence = 1 }: OneCoinPriors = {}): ConfusionModel {
  const size = 2 * answers;
  const skillOf = (table: Float64Array, voter: number): number => table[voter * size + 1] as number;
  return {
    columns: "wrongAndRight",
    freePrevalence: true,
    prevalencePrior: prevalence,
    parameters: 1,
    maximise(counts, table) {
      for (let from = 0; from < counts.length; from += size) {
        let rightVotes = right;
        let votes = right + wrong;
        for (let k = from; k < from + size; k += 2) {
          rightVotes += counts[k + 1] as number;
          votes += (counts[k] as number) + (counts[k + 1] as number);
        }
        const skill = votes > 0 ? Math.max(1 / answers, rightVotes / votes) : 1 / answers;
        for (let k = from; k < from + size; k += 2) {
          table[k] = (1 - skill) / (answers - 1);
          table[k + 1] = skill;
        }
      }
    },
    contains(table) {
      for (let k = 1; k < table.length; k += size) if ((table[k] as number) < 1 / answers) return false;
      return true;
    },
    logPrior(table) {
      let sum = 0;
      for (let v = 0; v < table.length / size; v++) {
        const skill = skillOf(table, v);
        sum += (right > 0 ? right * Math.log(skill) : 0) + (wrong > 0 ? wrong * Math.log(1 - skill) : 0);
      }
      return sum;
    },
    derive({ table, voter, answer, truth }, gradient, offset, second) {
      const skill = skillOf(table, voter);
      gradient[offset] = (answer === truth ? 1 : 0) - skill;
      second[0] = -skill * (1 - skill);
    },
    addPriorInformation(table, voter, into) {
      const skill = skillOf(table, voter);
      into[0] = (into[0] as number) + (right + wrong) * skill * (1 - skill);
    },
    skill(table, voter, _prevalence, gradient) {
      const skill = skillOf(table, voter);
      gradient[0] = skill * (1 - skill);
      return skill;
    },
  };
}

/**
 * An item's posterior after one more vote, with skills held at their last estimates: pages show it between two fits. Since no skill is
 * below chance, the voted answer's probability never falls. A new fit may still lower it, as the vote also changes the estimated skills.
 * @param skill from 1 / number of answers to 1.
 */
export function addOneCoinVote(posterior: Float64Array, answer: number, skill: number): Float64Array {
  const wrong = (1 - skill) / (posterior.length - 1);
  const weights = posterior.map((p, c) => p * (c === answer ? skill : wrong));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
