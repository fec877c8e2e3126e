/**
 * MACE (Hovy et al. 2013, "Learning whom to trust with MACE", figure 1): a voter knows the true answer with probability `competence`, and
 * otherwise draws an answer from a habit of their own, whatever the truth. All true answers are equally likely beforehand, as in the paper.
 * The estimate is the posterior mode; the paper's is variational.
 */
import type { ConfusionModel } from "./confusionModel.ts";

export interface MacePriors {
  /** Pseudo-votes of each voter that were given knowingly, and by habit. Default 1 and .5. */
  readonly knowing?: number;
  readonly habitual?: number;
  /** Pseudo-votes by habit for each answer. Default .5. */
  readonly habit?: number;
}

export function maceModel(answers: number, { knowing = 1, habitual = 0.5, habit = 0.5 }: MacePriors = {}): ConfusionModel {
  const parameters = answers;
  const size = 2 * answers;
  /** Of the table: an answer's probability for another truth is (1 - competence) habit[answer]; for the truth, competence is added. */
  const read = (table: Float64Array, voter: number): { competence: number; habits: Float64Array } => {
    const from = voter * size;
    const habits = new Float64Array(answers);
    let guessing = 0;
    for (let a = 0; a < answers; a++) {
      habits[a] = table[from + 2 * a] as number;
      guessing += habits[a] as number;
    }
    for (let a = 0; a < answers; a++) habits[a] = (habits[a] as number) / guessing;
    return { competence: 1 - guessing, habits };
  };
  const competenceOf = (table: Float64Array, voter: number): number =>
    (table[voter * size + 1] as number) - (table[voter * size] as number);
  return {
    columns: "wrongAndRight",
    freePrevalence: false,
    prevalencePrior: 0,
    parameters,
    // A voter's answers determine the habit much better than they determine the competence.
    essential: {
      parameters: 1,
      derive({ table, voter, answer, truth }, gradient, offset, second) {
        const wrong = table[voter * size + 2 * answer] as number;
        const competence = competenceOf(table, voter);
        const [m, slope] = [answer === truth ? wrong + competence : wrong, competence * (1 - competence)];
        const change = (slope * ((answer === truth ? 1 : 0) - wrong / (1 - competence))) / m;
        gradient[offset] = change;
        second[0] = change * (1 - 2 * competence) - change * change;
      },
      addPriorInformation(table, voter, into) {
        const competence = competenceOf(table, voter);
        into[0] = (into[0] as number) + (knowing + habitual) * competence * (1 - competence);
      },
    },
    maximise(counts, table, previous) {
      const voters = counts.length / size;
      const habits = new Float64Array(answers);
      for (let v = 0; v < voters; v++) {
        const from = v * size;
        const last = previous === null ? null : read(previous, v);
        let known = knowing;
        let total = knowing + habitual;
        let habitTotal = 0;
        for (let a = 0; a < answers; a++) {
          const competence = last?.competence ?? 0.5;
          const guess = (1 - competence) * (last?.habits[a] ?? 1 / answers);
          const others = counts[from + 2 * a] as number;
          const right = counts[from + 2 * a + 1] as number;
          const knew = (right * competence) / (competence + guess);
          known += knew;
          total += right + others;
          habits[a] = habit + right - knew + others;
          habitTotal += habits[a] as number;
        }
        const competence = known / total;
        for (let a = 0; a < answers; a++) {
          const share = (habits[a] as number) / habitTotal;
          table[from + 2 * a] = (1 - competence) * share;
          table[from + 2 * a + 1] = (1 - competence) * share + competence;
        }
      }
    },
    contains: () => true,
    logPrior(table) {
      let sum = 0;
      for (let v = 0; v < table.length / size; v++) {
        const { competence, habits } = read(table, v);
        sum += knowing * Math.log(competence) + habitual * Math.log(1 - competence);
        for (const share of habits) sum += habit * Math.log(share);
      }
      return sum;
    },
    derive({ table, voter, answer, truth }, gradient, offset, second) {
      // Parameters: the log-odds t of competence, then log(habit[a] / habit[last]). With m = p(answer | truth), (log m)'' = m'' / m - g g'.
      const { competence, habits } = read(table, voter);
      const right = answer === truth ? 1 : 0;
      const own = habits[answer] as number;
      const m = competence * right + (1 - competence) * own;
      const slope = competence * (1 - competence);
      gradient[offset] = (slope * (right - own)) / m;
      second[0] = (slope * (1 - 2 * competence) * (right - own)) / m;
      for (let k = 0; k < answers - 1; k++) {
        const p = habits[k] as number;
        const change = own * ((k === answer ? 1 : 0) - p);
        gradient[offset + 1 + k] = ((1 - competence) * change) / m;
        second[1 + k] = second[(1 + k) * parameters] = (-slope * change) / m;
        for (let l = 0; l < answers - 1; l++) {
          const q = habits[l] as number;
          const twice = ((k === answer ? 1 : 0) - p) * ((l === answer ? 1 : 0) - q) - p * ((k === l ? 1 : 0) - q);
          second[(1 + k) * parameters + 1 + l] = ((1 - competence) * own * twice) / m;
        }
      }
      for (let k = 0; k < parameters; k++)
        for (let l = 0; l < parameters; l++) {
          const product = (gradient[offset + k] as number) * (gradient[offset + l] as number);
          second[k * parameters + l] = (second[k * parameters + l] as number) - product;
        }
    },
    addPriorInformation(table, voter, into) {
      const { competence, habits } = read(table, voter);
      into[0] = (into[0] as number) + (knowing + habitual) * competence * (1 - competence);
      for (let k = 0; k < answers - 1; k++)
        for (let l = 0; l < answers - 1; l++) {
          const p = habits[k] as number;
          const at = (1 + k) * parameters + 1 + l;
          into[at] = (into[at] as number) + habit * answers * ((k === l ? p : 0) - p * (habits[l] as number));
        }
    },
    skill(table, voter, _prevalence, gradient) {
      const { competence } = read(table, voter);
      gradient.fill(0);
      gradient[0] = competence * (1 - competence);
      return competence;
    },
  };
}
