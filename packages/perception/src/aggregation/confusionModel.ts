/**
 * Models in which a voter's answer depends only on the true answer: Dawid and Skene's confusion matrices, one coin, MACE. They differ in
 * how a voter's parameters determine the table p(answer | voter, truth), and in how they are estimated from soft counts of (voter, answer,
 * truth); the expectation-maximisation around these steps is the same (Dempster, Laird & Rubin 1977).
 */
import type { VotesByItem } from "../votesByItem.ts";
import { type Expected, expectationPass, type Pass } from "./expectationPass.ts";
import { wrongAndRightPass } from "./wrongAndRightPass.ts";

/** How a voter's table depends on the voter's parameters. */
export interface VoterParameters {
  /** Number of parameters of a voter, on unbounded scales (log-odds). */
  readonly parameters: number;
  /**
   * Derivatives of log p(answer | voter, truth) with respect to the voter's parameters. Writes the gradient at `offset`, and the matrix of
   * second derivatives, parameters x parameters.
   */
  derive(at: VoterCell, gradient: Float64Array, offset: number, second: Float64Array): void;
  /** Adds the prior's information, the negated second derivatives of its logarithm, to `into`, parameters x parameters. */
  addPriorInformation(table: Float64Array, voter: number, into: Float64Array): void;
}

export interface ConfusionModel extends VoterParameters {
  /**
   * The parameters that intervals take as estimated where all would be too many; the others count as known. They are the first ones.
   */
  readonly essential?: VoterParameters;
  /**
   * Columns of a table for each answer: one for each truth; or two, for a wrong answer and for the right one, in models whose wrong answers
   * do not depend on the truth.
   */
  readonly columns: "truths" | "wrongAndRight";
  /** Whether the prevalence of each true answer is estimated; otherwise all are equally likely. */
  readonly freePrevalence: boolean;
  /** Pseudo-votes for each true answer, used if the prevalence is estimated. */
  readonly prevalencePrior: number;
  /**
   * The M-step. `counts` and `table` are voters x answers x columns. Writes probabilities to the table. `previous` is the table of the last
   * step, null in the first. The tables of a model must be closed under extrapolation: a weighted sum of two of them, with weights that sum
   * to 1, is a table of the model as long as no probability is negative.
   */
  maximise(counts: Float64Array, table: Float64Array, previous: Float64Array | null): void;
  /** Whether a table of probabilities is within the model's bounds, which no extrapolation may leave. */
  contains(table: Float64Array): boolean;
  /** The logarithm of the prior density of a table, without constants. */
  logPrior(table: Float64Array): number;
  /**
   * A voter's skill from 0 to 1. Writes its gradient with respect to the voter's parameters, then to log(prevalence / last prevalence) of
   * each truth.
   */
  skill(table: Float64Array, voter: number, prevalence: Float64Array, gradient: Float64Array): number;
}

export interface VoterCell {
  readonly table: Float64Array;
  readonly voter: number;
  readonly answer: number;
  readonly truth: number;
}

export interface ConfusionFit {
  /** p(answer | voter, truth), voters x answers x columns of the model. */
  readonly table: Float64Array;
  /** Of each true answer. */
  readonly prevalence: Float64Array;
  /** p(truth | votes), items x answers. */
  readonly posterior: Float64Array;
  /** Of the votes given the estimates. */
  readonly logLikelihood: number;
  /** Log-likelihood plus log prior: the maximised objective. */
  readonly objective: number;
  readonly iterations: number;
  readonly converged: boolean;
}

export interface FitOptions {
  /**
   * Stops when every probability of the table is within this distance of its limit, as extrapolated from the last two changes. Default
   * 1e-8.
   */
  readonly tolerance?: number;
  /** Default 2,000. */
  readonly mostIterations?: number;
}

/** The state from which expectation-maximisation continues: a posterior, items x answers, and the table of the last step, if any. */
export interface FitStart {
  readonly posterior: Float64Array;
  readonly table?: Float64Array;
}

/**
 * Expectation-maximisation, accelerated by SQUAREM (Varadhan & Roland 2008, scheme S3): every third step extrapolates the last two, and is
 * undone if it lowers the objective.
 */
export function fitConfusionModel(
  votes: VotesByItem,
  model: ConfusionModel,
  start: FitStart,
  { tolerance = 1e-8, mostIterations = 2000 }: FitOptions = {},
): ConfusionFit {
  const pass = passOf(votes, model);
  const expected = countSoftly(votes, model, start.posterior);
  const { counts, truths } = expected;
  const logTable = new Float64Array(counts.length);
  const maximise = (previous: Float64Array | null): Estimate => {
    const table = new Float64Array(counts.length);
    model.maximise(counts, table, previous);
    return { table, prevalence: estimatePrevalence(model, truths) };
  };
  let iterations = 0;
  let last = { estimate: maximise(start.table ?? null), logLikelihood: Number.NaN, objective: Number.NaN };
  let converged = false;
  /** Of the previous step, if this step continues it. */
  let lastChange = Number.NaN;
  const step = (estimate: Estimate): Estimate => {
    for (let k = 0; k < logTable.length; k++) logTable[k] = Math.log(estimate.table[k] as number);
    const logLikelihood = pass(logTable, estimate.prevalence, expected, null);
    iterations++;
    last = { estimate, logLikelihood, objective: logLikelihood + logPriorOf(model, estimate) };
    const next = maximise(estimate.table);
    const change = Math.max(largestChange(next.table, estimate.table), largestChange(next.prevalence, estimate.prevalence));
    converged = change <= rounding || remainingChange(change, lastChange) <= tolerance;
    lastChange = change;
    return next;
  };
  const done = (): boolean => converged || iterations >= mostIterations;
  let current = last.estimate;
  let next = step(current);
  while (!done()) {
    const second = step(next);
    if (done()) break;
    const reached = last.objective;
    const leap = extrapolate(model, current, next, second);
    current = second;
    lastChange = Number.NaN;
    if (leap !== null) {
      next = step(leap);
      // Not below, and not NaN.
      if (last.objective >= reached) {
        current = leap;
        continue;
      }
      converged = false;
      lastChange = Number.NaN;
      if (done()) break;
    }
    next = step(current);
  }
  const { estimate, logLikelihood, objective } = last;
  const posterior = new Float64Array(votes.items * votes.answers);
  pass(estimate.table.map(Math.log), estimate.prevalence, expected, posterior);
  return { ...estimate, posterior, logLikelihood, objective, iterations, converged };
}

interface Estimate {
  readonly table: Float64Array;
  readonly prevalence: Float64Array;
}

/** Null if the extrapolation is no longer than two steps, or leaves the model even when shortened. */
function extrapolate(model: ConfusionModel, start: Estimate, first: Estimate, second: Estimate): Estimate | null {
  let [change, bend] = [0, 0];
  for (const part of ["table", "prevalence"] as const)
    for (let k = 0; k < start[part].length; k++) {
      const r = (first[part][k] as number) - (start[part][k] as number);
      change += r * r;
      bend += ((second[part][k] as number) - (first[part][k] as number) - r) ** 2;
    }
  for (let length = Math.sqrt(change / bend); length > 1.01 && Number.isFinite(length); length = (length + 1) / 2) {
    const table = leap(start.table, first.table, second.table, length);
    const prevalence = leap(start.prevalence, first.prevalence, second.prevalence, length);
    if (table !== null && prevalence !== null && model.contains(table)) return { table, prevalence };
  }
  return null;
}

function leap(start: Float64Array, first: Float64Array, second: Float64Array, length: number): Float64Array | null {
  const result = new Float64Array(start.length);
  for (let k = 0; k < result.length; k++) {
    const [a, b, c] = [start[k] as number, first[k] as number, second[k] as number];
    const value = a + 2 * length * (b - a) + length * length * (c - 2 * b + a);
    // An entry that the last step left at 0 stays there.
    if (value < 0 || (value === 0 && c > 0)) return null;
    result[k] = value;
  }
  return result;
}

function logPriorOf(model: ConfusionModel, { table, prevalence }: Estimate): number {
  const pseudo = model.freePrevalence ? model.prevalencePrior : 0;
  return model.logPrior(table) + (pseudo > 0 ? prevalence.reduce((sum, share) => sum + pseudo * Math.log(share), 0) : 0);
}

/** Changes below this are the noise of sums. */
const rounding = 1e-13;

function largestChange(a: Float64Array, b: Float64Array): number {
  let largest = 0;
  for (let k = 0; k < a.length; k++) largest = Math.max(largest, Math.abs((a[k] as number) - (b[k] as number)));
  return largest;
}

/**
 * The estimated sum of all later changes: expectation-maximisation converges linearly, so its changes form a geometric series (Aitken
 * 1926). A small change alone says little, since many small changes add up. NaN if the changes do not shrink, or without an earlier change.
 */
function remainingChange(change: number, earlier: number): number {
  const rate = change / earlier;
  return rate < 1 ? (change * rate) / (1 - rate) : Number.NaN;
}

function estimatePrevalence({ freePrevalence, prevalencePrior }: ConfusionModel, truths: Float64Array): Float64Array {
  const items = truths.reduce((sum, value) => sum + value, 0);
  const total = items + prevalencePrior * truths.length;
  return truths.map((value) => (freePrevalence && total > 0 ? (value + prevalencePrior) / total : 1 / truths.length));
}

function passOf(votes: VotesByItem, { columns }: ConfusionModel): Pass {
  return columns === "truths" ? expectationPass(votes) : wrongAndRightPass(votes);
}

/** Of each answer. */
export function columnsOf({ columns }: Pick<ConfusionModel, "columns">, answers: number): number {
  return columns === "truths" ? answers : 2;
}

/** The output of a pass that ended with this posterior. */
function countSoftly({ items, voters, answers, start, voter, answer }: VotesByItem, model: ConfusionModel, posterior: Float64Array) {
  const columns = columnsOf(model, answers);
  const expected: Expected = { counts: new Float64Array(voters * answers * columns), truths: new Float64Array(answers) };
  const { counts, truths } = expected;
  for (let i = 0; i < items; i++) {
    const [from, to] = [start[i] as number, start[i + 1] as number];
    for (let c = 0; c < answers && to > from; c++) truths[c] = (truths[c] as number) + (posterior[i * answers + c] as number);
    for (let k = from; k < to; k++) {
      const at = ((voter[k] as number) * answers + (answer[k] as number)) * columns;
      if (model.columns === "truths")
        for (let c = 0; c < answers; c++) counts[at + c] = (counts[at + c] as number) + (posterior[i * answers + c] as number);
      else {
        const right = posterior[i * answers + (answer[k] as number)] as number;
        counts[at] = (counts[at] as number) + 1 - right;
        counts[at + 1] = (counts[at + 1] as number) + right;
      }
    }
  }
  return expected;
}
