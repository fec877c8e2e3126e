/**
 * Models in which a voter's answer depends only on the true answer: Dawid and Skene's confusion matrices, one coin, MACE. They differ in
 * how a voter's parameters give the table p(answer | voter, truth), and in estimating them from soft counts of (voter, answer, truth);
 * expectation-maximisation around that is the same (Dempster, Laird & Rubin 1977).
 */
import type { VotesByItem } from "../votesByItem.ts";

export interface ConfusionModel {
  /** Whether the prevalence of each true answer is estimated; otherwise all are equally likely. */
  readonly freePrevalence: boolean;
  /** Pseudo-votes for each true answer, used if the prevalence is estimated. */
  readonly prevalencePrior: number;
  /** Number of parameters of a voter, on scales without bounds (log-odds). */
  readonly parameters: number;
  /**
   * The M-step. `counts` and `table` are voters x answers x truths. Writes probabilities to the table and returns the log prior. `previous`
   * is the table of the last step, null in the first.
   */
  maximise(counts: Float64Array, table: Float64Array, previous: Float64Array | null): number;
  /**
   * Derivatives of log p(answer | voter, truth) by the voter's parameters. Writes the gradient at `offset`, and the matrix of second
   * derivatives, parameters x parameters.
   */
  derive(at: VoterCell, gradient: Float64Array, offset: number, second: Float64Array): void;
  /** Adds the information in the prior, minus the second derivatives of its logarithm, to `into`, parameters x parameters. */
  addPriorInformation(table: Float64Array, voter: number, into: Float64Array): void;
  /** A voter's skill from 0 to 1. Writes its gradient by the voter's parameters, then by log(prevalence / last prevalence) of each truth. */
  skill(table: Float64Array, voter: number, prevalence: Float64Array, gradient: Float64Array): number;
}

export interface VoterCell {
  readonly table: Float64Array;
  readonly voter: number;
  readonly answer: number;
  readonly truth: number;
}

export interface ConfusionFit {
  /** p(answer | voter, truth), voters x answers x truths. */
  readonly table: Float64Array;
  /** Of each true answer. */
  readonly prevalence: Float64Array;
  /** p(truth | votes), items x answers. */
  readonly posterior: Float64Array;
  /** Of the votes given the estimates. */
  readonly logLikelihood: number;
  /** Log-likelihood plus log prior: what was maximised. */
  readonly objective: number;
  readonly iterations: number;
  readonly converged: boolean;
}

export interface FitOptions {
  /** Stops when no probability of the table changes by more. Default 1e-7. */
  readonly tolerance?: number;
  /** Default 2,000. */
  readonly mostIterations?: number;
}

/** What expectation-maximisation continues from: a posterior, items x answers, and the table of the last step if there was one. */
export interface FitStart {
  readonly posterior: Float64Array;
  readonly table?: Float64Array;
}

export function fitConfusionModel(
  votes: VotesByItem,
  model: ConfusionModel,
  start: FitStart,
  { tolerance = 1e-6, mostIterations = 2000 }: FitOptions = {},
): ConfusionFit {
  const { answers, voters } = votes;
  const size = voters * answers * answers;
  const pass = expectationPass(votes);
  const posterior = Float64Array.from(start.posterior);
  const counts = new Float64Array(size);
  countSoftly(votes, posterior, counts);
  const prevalence = new Float64Array(answers);
  const logTable = new Float64Array(size);
  let table = start.table === undefined ? new Float64Array(size) : Float64Array.from(start.table);
  let previous = new Float64Array(size);
  let iterations = 0;
  let converged = false;
  let logPrior = 0;
  while (!converged && iterations < mostIterations) {
    [table, previous] = [previous, table];
    logPrior = model.maximise(counts, table, iterations === 0 && start.table === undefined ? null : previous);
    logPrior += estimatePrevalence(votes, model, posterior, prevalence);
    for (let k = 0; k < size; k++) logTable[k] = Math.log(table[k] as number);
    pass(logTable, prevalence, posterior, counts);
    iterations++;
    converged = iterations > 1 && closeTo(table, previous, tolerance);
  }
  const logLikelihood = logLikelihoodOf(votes, logTable, prevalence);
  return { table, prevalence, posterior, logLikelihood, objective: logLikelihood + logPrior, iterations, converged };
}

function closeTo(a: Float64Array, b: Float64Array, tolerance: number): boolean {
  for (let k = 0; k < a.length; k++) if (Math.abs((a[k] as number) - (b[k] as number)) > tolerance) return false;
  return true;
}

function estimatePrevalence(
  { items, answers, start }: VotesByItem,
  { freePrevalence, prevalencePrior }: ConfusionModel,
  posterior: Float64Array,
  prevalence: Float64Array,
): number {
  if (!freePrevalence) {
    prevalence.fill(1 / answers);
    return 0;
  }
  prevalence.fill(prevalencePrior);
  for (let i = 0; i < items; i++)
    if (start[i] !== start[i + 1])
      for (let c = 0; c < answers; c++) prevalence[c] = (prevalence[c] as number) + (posterior[i * answers + c] as number);
  const total = prevalence.reduce((sum, value) => sum + value, 0);
  let logPrior = 0;
  for (let c = 0; c < answers; c++) {
    prevalence[c] = (prevalence[c] as number) / total;
    if (prevalencePrior > 0) logPrior += prevalencePrior * Math.log(prevalence[c] as number);
  }
  return logPrior;
}

/** Sums the posterior of the items over the votes for each answer of each voter. */
function countSoftly({ items, answers, start, voter, answer }: VotesByItem, posterior: Float64Array, counts: Float64Array): void {
  counts.fill(0);
  for (let i = 0; i < items; i++)
    for (let k = start[i] as number; k < (start[i + 1] as number); k++) {
      const at = ((voter[k] as number) * answers + (answer[k] as number)) * answers;
      for (let c = 0; c < answers; c++) counts[at + c] = (counts[at + c] as number) + (posterior[i * answers + c] as number);
    }
}

/** Writes p(truth | votes) of every item, and the soft counts that follow from it. Items without votes get the prevalence. */
type Pass = (logTable: Float64Array, prevalence: Float64Array, posterior: Float64Array, counts: Float64Array) => void;

/** The E-step and the counts for the next M-step in one pass over the votes, which is twice as fast as two. */
function expectationPass(votes: VotesByItem): Pass {
  const { items, answers, start, voter, answer } = votes;
  if (answers === 2) return twoAnswerPass(votes);
  const row = new Int32Array(voter.length);
  for (let k = 0; k < row.length; k++) row[k] = ((voter[k] as number) * answers + (answer[k] as number)) * answers;
  return (logTable, prevalence, posterior, counts) => {
    const logPrevalence = prevalence.map(Math.log);
    const weights = new Float64Array(answers);
    counts.fill(0);
    for (let i = 0; i < items; i++) {
      const [from, to] = [start[i] as number, start[i + 1] as number];
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
      const target = i * answers;
      for (let c = 0; c < answers; c++) {
        weights[c] = (weights[c] as number) / sum;
        posterior[target + c] = weights[c] as number;
      }
      for (let k = from; k < to; k++) {
        const at = row[k] as number;
        for (let c = 0; c < answers; c++) counts[at + c] = (counts[at + c] as number) + (weights[c] as number);
      }
    }
  };
}

/** With two answers, the log-odds of the second are enough, and the counts of the first follow from the numbers of votes. */
function twoAnswerPass({ items, voters, start, voter, answer }: VotesByItem): Pass {
  const cell = new Int32Array(voter.length);
  const cast = new Float64Array(2 * voters);
  for (let k = 0; k < cell.length; k++) {
    const at = 2 * (voter[k] as number) + (answer[k] as number);
    cell[k] = at;
    cast[at] = (cast[at] as number) + 1;
  }
  const odds = new Float64Array(2 * voters);
  const second = new Float64Array(2 * voters);
  return (logTable, prevalence, posterior, counts) => {
    for (let at = 0; at < odds.length; at++) {
      const [never, alsoNever] = [logTable[2 * at] as number, logTable[2 * at + 1] as number];
      odds[at] = never === alsoNever ? 0 : alsoNever - never;
    }
    const prior = Math.log((prevalence[1] as number) / (prevalence[0] as number));
    second.fill(0);
    for (let i = 0; i < items; i++) {
      const [from, to] = [start[i] as number, start[i + 1] as number];
      let sum = prior;
      for (let k = from; k < to; k++) sum += odds[cell[k] as number] as number;
      const ratio = Math.exp(-Math.abs(sum));
      const likelier = 1 / (1 + ratio);
      const share = sum > 0 ? likelier : ratio * likelier;
      posterior[2 * i] = sum > 0 ? ratio * likelier : likelier;
      posterior[2 * i + 1] = share;
      for (let k = from; k < to; k++) second[cell[k] as number] = (second[cell[k] as number] as number) + share;
    }
    for (let at = 0; at < cast.length; at++) {
      counts[2 * at] = Math.max(0, (cast[at] as number) - (second[at] as number));
      counts[2 * at + 1] = second[at] as number;
    }
  };
}

function logLikelihoodOf({ items, answers, start, voter, answer }: VotesByItem, logTable: Float64Array, prevalence: Float64Array): number {
  const logPrevalence = prevalence.map(Math.log);
  let logLikelihood = 0;
  for (let i = 0; i < items; i++) {
    const [from, to] = [start[i] as number, start[i + 1] as number];
    if (from === to) continue;
    const sums = Float64Array.from(logPrevalence);
    for (let k = from; k < to; k++) {
      const at = ((voter[k] as number) * answers + (answer[k] as number)) * answers;
      for (let c = 0; c < answers; c++) sums[c] = (sums[c] as number) + (logTable[at + c] as number);
    }
    const largest = sums.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    logLikelihood += largest + Math.log(sums.reduce((sum, value) => sum + Math.exp(value - largest), 0));
  }
  return logLikelihood;
}
