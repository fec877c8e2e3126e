/**
 * Dawid & Skene 1979 ("Maximum likelihood estimation of observer error-rates using the EM algorithm"): each voter has a confusion matrix
 * p(answer | truth), and each answer a prevalence (eq. 2.3 to 2.5). By default the estimate is the posterior mode (MAP) under weak
 * priors, so that a voter with few votes is not judged perfect or hopeless; maximum likelihood reproduces the paper.
 */
import type { ConfusionModel } from "./confusionModel.ts";

export interface DawidSkenePriors {
  /** Pseudo-votes of each voter for the right answer, for each truth. Default 1. */
  readonly right?: number;
  /** Pseudo-votes of each voter for all wrong answers together, for each truth. Default .5. */
  readonly wrong?: number;
  /** Pseudo-items of each truth. Default 1. */
  readonly prevalence?: number;
}

/** Maximum likelihood. */
export const noPriors: DawidSkenePriors = { right: 0, wrong: 0, prevalence: 0 };

export function dawidSkeneModel(answers: number, { right = 1, wrong = 0.5, prevalence = 1 }: DawidSkenePriors = {}): ConfusionModel {
  const wrongEach = wrong / Math.max(1, answers - 1);
  const parameters = answers * (answers - 1);
  /** The parameters are log(p(answer | truth) / p(truth | truth)), truths x other answers. */
  const parameterOf = (truth: number, answer: number): number => truth * (answers - 1) + (answer < truth ? answer : answer - 1);
  return {
    columns: "truths",
    freePrevalence: true,
    prevalencePrior: prevalence,
    parameters,
    maximise(counts, table, previous) {
      const voters = counts.length / (answers * answers);
      for (let v = 0; v < voters; v++)
        for (let c = 0; c < answers; c++) {
          let total = right + wrongEach * (answers - 1);
          for (let a = 0; a < answers; a++) total += counts[(v * answers + a) * answers + c] as number;
          for (let a = 0; a < answers; a++) {
            const at = (v * answers + a) * answers + c;
            const pseudo = a === c ? right : wrongEach;
            // Without a vote or a prior, any row is a maximum: keep the last one.
            table[at] = total > 0 ? ((counts[at] as number) + pseudo) / total : (previous?.[at] ?? 1 / answers);
          }
        }
    },
    contains: () => true,
    logPrior(table) {
      let sum = 0;
      for (let row = 0; row < table.length; row += answers * answers)
        for (let a = 0; a < answers; a++)
          for (let c = 0; c < answers; c++) {
            const pseudo = a === c ? right : wrongEach;
            if (pseudo > 0) sum += pseudo * Math.log(table[row + a * answers + c] as number);
          }
      return sum;
    },
    derive({ table, voter, answer, truth }, gradient, offset, second) {
      gradient.fill(0, offset, offset + parameters);
      second.fill(0);
      for (let a = 0; a < answers; a++) {
        if (a === truth) continue;
        const p = table[(voter * answers + a) * answers + truth] as number;
        const row = parameterOf(truth, a);
        gradient[offset + row] = (a === answer ? 1 : 0) - p;
        for (let b = 0; b < answers; b++) {
          if (b === truth) continue;
          const q = table[(voter * answers + b) * answers + truth] as number;
          second[row * parameters + parameterOf(truth, b)] = p * q - (a === b ? p : 0);
        }
      }
    },
    addPriorInformation(table, voter, into) {
      for (let c = 0; c < answers; c++)
        for (let a = 0; a < answers; a++) {
          if (a === c) continue;
          const p = table[(voter * answers + a) * answers + c] as number;
          for (let b = 0; b < answers; b++) {
            if (b === c) continue;
            const q = table[(voter * answers + b) * answers + c] as number;
            const at = parameterOf(c, a) * parameters + parameterOf(c, b);
            into[at] = (into[at] as number) + (right + wrong) * ((a === b ? p : 0) - p * q);
          }
        }
    },
    skill(table, voter, prevalence, gradient) {
      let skill = 0;
      for (let c = 0; c < answers; c++) {
        const p = table[(voter * answers + c) * answers + c] as number;
        skill += (prevalence[c] as number) * p;
        for (let a = 0; a < answers; a++)
          if (a !== c)
            gradient[parameterOf(c, a)] = -(prevalence[c] as number) * p * (table[(voter * answers + a) * answers + c] as number);
      }
      for (let c = 0; c < answers - 1; c++)
        gradient[parameters + c] = (prevalence[c] as number) * ((table[(voter * answers + c) * answers + c] as number) - skill);
      return skill;
    },
  };
}
