/**
 * How uncertain the estimates of a latent-state model are: the observed information at the maximum, after Louis 1982 ("Finding the observed
 * information matrix when using the EM algorithm", eq. 3.1), which is the information in the votes if the true answers were known, minus
 * the information lost because they are unknown. Its inverse is the covariance of all voters' parameters and of the prevalences.
 */
import { AppError } from "@pareidolia/core/appError";
import { choleskyFactor, choleskyInverse } from "../numbers/cholesky.ts";
import type { VotesByItem } from "../votesByItem.ts";

/** A model in which an item has one of a few hidden states, and votes are independent given the state. */
export interface LatentModel {
  /** The most states that an item has. */
  readonly states: number;
  /** Parameters of a voter, on unbounded scales. */
  readonly parameters: number;
  /** Null if not estimated. */
  readonly prevalence: Float64Array | null;
  readonly prevalencePrior: number;
  /**
   * Writes p(state | votes) of an item, and the true answer of each state: `otherTruths` for truths that no vote names, as one, except that
   * `apart` keeps a state of its own. Returns the number of states.
   */
  statesOf(item: number, apart: number, into: LatentStates): number;
  /** Derivatives of log p(answer | voter, state), as in `ConfusionModel`. */
  derive(at: StateCell, gradient: Float64Array, offset: number, second: Float64Array): void;
  addPriorInformation(voter: number, into: Float64Array): void;
}

export interface LatentStates {
  readonly posterior: Float64Array;
  readonly truth: Int32Array;
}

export interface StateCell {
  readonly voter: number;
  readonly answer: number;
  readonly state: number;
  /** Of the state. */
  readonly truth: number;
}

/** The truth of a state that stands for several, none of which a vote on the item names. */
export const otherTruths = -1;

/** Covariance of all parameters: those of voter 0, of voter 1, ..., then log(prevalence / last prevalence) of all truths but the last. */
export interface Covariance {
  readonly size: number;
  readonly values: Float64Array;
}

/** With more parameters, inverting the matrix takes more than a few seconds. */
export const maxParameters = 1500;
/** More sums over an item's states, for each pair of its parameters, take more than a few seconds. */
const maxSums = 4e9;

/** Null for more than `maxParameters` parameters, too many states, or if the votes do not determine all parameters. */
export function estimateCovariance(votes: VotesByItem, model: LatentModel): Covariance | null {
  const { parameters, prevalence } = model;
  const free = prevalence === null ? 0 : votes.answers - 1;
  const size = votes.voters * parameters + free;
  if (size > maxParameters || sumsOf(votes, model, free) > maxSums) return null;
  const information = new Float64Array(size * size);
  for (let v = 0; v < votes.voters; v++)
    addBlock(information, size, v * parameters, parameters, (into) => model.addPriorInformation(v, into));
  addItems(votes, model, information, size);
  try {
    return { size, values: choleskyInverse(choleskyFactor(information, size), size) };
  } catch (cause) {
    // The matrix is not positive definite.
    if (cause instanceof AppError) return null;
    throw cause;
  }
}

function sumsOf({ items, start }: VotesByItem, { states, parameters }: LatentModel, free: number): number {
  let sums = 0;
  for (let i = 0; i < items; i++) sums += states * (((start[i + 1] as number) - (start[i] as number)) * parameters + free) ** 2;
  return sums;
}

function emptyStates({ states }: LatentModel): LatentStates {
  return { posterior: new Float64Array(states), truth: new Int32Array(states) };
}

function addBlock(matrix: Float64Array, size: number, at: number, width: number, fill: (into: Float64Array) => void): void {
  const block = new Float64Array(width * width);
  fill(block);
  for (let k = 0; k < width; k++)
    for (let l = 0; l < width; l++) {
      const cell = (at + k) * size + at + l;
      matrix[cell] = (matrix[cell] as number) + (block[k * width + l] as number);
    }
}

function addItems(votes: VotesByItem, model: LatentModel, information: Float64Array, size: number): void {
  const { items, answers, start, voter, answer } = votes;
  const { parameters, prevalence } = model;
  const second = new Float64Array(parameters * parameters);
  const latent = emptyStates(model);
  const free = prevalence === null ? 0 : answers - 1;
  const prevalenceAt = votes.voters * parameters;
  let voted = 0;
  for (let i = 0; i < items; i++) {
    const [from, to] = [start[i] as number, start[i + 1] as number];
    if (from === to) continue;
    voted++;
    const states = model.statesOf(i, otherTruths, latent);
    const posterior = latent.posterior.subarray(0, states);
    const width = (to - from) * parameters + free;
    const position = new Int32Array(width);
    const scores = new Float64Array(states * width);
    for (let k = from; k < to; k++) {
      const at = (voter[k] as number) * parameters;
      for (let p = 0; p < parameters; p++) position[(k - from) * parameters + p] = at + p;
      for (let s = 0; s < states; s++) {
        const weight = posterior[s] as number;
        if (weight === 0) continue;
        const cell = { voter: voter[k] as number, answer: answer[k] as number, state: s, truth: latent.truth[s] as number };
        model.derive(cell, scores, s * width + (k - from) * parameters, second);
        for (let p = 0; p < parameters; p++)
          for (let q = 0; q < parameters; q++) {
            const entry = (at + p) * size + at + q;
            information[entry] = (information[entry] as number) - weight * (second[p * parameters + q] as number);
          }
      }
    }
    for (let c = 0; c < free; c++) {
      position[width - free + c] = prevalenceAt + c;
      for (let s = 0; s < states; s++)
        scores[s * width + width - free + c] = (latent.truth[s] === c ? 1 : 0) - ((prevalence as Float64Array)[c] as number);
    }
    subtractCovariance(scores, posterior, position, information, size);
  }
  if (prevalence === null) return;
  const weight = voted + model.prevalencePrior * answers;
  for (let c = 0; c < free; c++)
    for (let d = 0; d < free; d++) {
      const p = prevalence[c] as number;
      const cell = (prevalenceAt + c) * size + prevalenceAt + d;
      information[cell] = (information[cell] as number) + weight * ((c === d ? p : 0) - p * (prevalence[d] as number));
    }
}

/** Subtracts the covariance of the scores, states x positions, over an item's states: the missing information. */
function subtractCovariance(
  scores: Float64Array,
  posterior: Float64Array,
  position: Int32Array,
  information: Float64Array,
  size: number,
): void {
  const width = position.length;
  for (let k = 0; k < width; k++) {
    let mean = 0;
    for (let s = 0; s < posterior.length; s++) mean += (posterior[s] as number) * (scores[s * width + k] as number);
    for (let s = 0; s < posterior.length; s++) scores[s * width + k] = (scores[s * width + k] as number) - mean;
  }
  for (let s = 0; s < posterior.length; s++) {
    const weight = posterior[s] as number;
    if (weight < 1e-14) continue;
    const row = s * width;
    for (let k = 0; k < width; k++) {
      const scaled = weight * (scores[row + k] as number);
      if (scaled === 0) continue;
      const target = (position[k] as number) * size;
      for (let l = 0; l < width; l++) {
        const cell = target + (position[l] as number);
        information[cell] = (information[cell] as number) - scaled * (scores[row + l] as number);
      }
    }
  }
}

/**
 * Standard deviations of the log-odds of each item's likeliest truth, from the uncertainty of the parameters alone: 0 for an item without
 * votes if the prevalence is fixed.
 */
export function posteriorDeviations(votes: VotesByItem, model: LatentModel, covariance: Covariance, labels: Int32Array): Float64Array {
  const { items, answers, start, voter, answer } = votes;
  const { parameters, prevalence } = model;
  const { size, values } = covariance;
  const free = prevalence === null ? 0 : answers - 1;
  const latent = emptyStates(model);
  const gradient = new Float64Array(parameters);
  const second = new Float64Array(parameters * parameters);
  const deviations = new Float64Array(items);
  for (let i = 0; i < items; i++) {
    const [from, to] = [start[i] as number, start[i + 1] as number];
    const label = labels[i] as number;
    const states = model.statesOf(i, label, latent);
    const posterior = latent.posterior.subarray(0, states);
    const truthOf = latent.truth;
    let likeliest = 0;
    let others = Number.MIN_VALUE;
    for (let s = 0; s < states; s++) {
      if (truthOf[s] === label) likeliest += posterior[s] as number;
      else others += posterior[s] as number;
    }
    // Weights of the states in the gradient of the log-odds: given the label, minus given another truth.
    const weights = posterior.map((p, s) => (truthOf[s] === label ? p / likeliest : -p / others));
    const width = (to - from) * parameters + free;
    const position = new Int32Array(width);
    const slope = new Float64Array(width);
    for (let k = from; k < to; k++)
      for (let s = 0; s < states; s++) {
        const weight = weights[s] as number;
        if (weight === 0) continue;
        model.derive(
          { voter: voter[k] as number, answer: answer[k] as number, state: s, truth: truthOf[s] as number },
          gradient,
          0,
          second,
        );
        for (let p = 0; p < parameters; p++) {
          const at = (k - from) * parameters + p;
          position[at] = (voter[k] as number) * parameters + p;
          slope[at] = (slope[at] as number) + weight * (gradient[p] as number);
        }
      }
    for (let c = 0; c < free; c++) {
      position[width - free + c] = votes.voters * parameters + c;
      for (let s = 0; s < states; s++)
        if (truthOf[s] === c) slope[width - free + c] = (slope[width - free + c] as number) + (weights[s] as number);
    }
    let variance = 0;
    for (let k = 0; k < width; k++)
      for (let l = 0; l < width; l++)
        variance +=
          (slope[k] as number) * (slope[l] as number) * (values[(position[k] as number) * size + (position[l] as number)] as number);
    deviations[i] = Math.sqrt(Math.max(0, variance));
  }
  return deviations;
}
