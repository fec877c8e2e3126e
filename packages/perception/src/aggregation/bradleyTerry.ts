/**
 * Bradley & Terry 1952 ("Rank analysis of incomplete block designs"): from pairwise votes ("more like X"), the strength of each item on the
 * log-odds scale, p(a preferred to b) = 1 / (1 + exp(-(a - b))). Optionally, a voter's differences are multiplied by the voter's
 * `discrimination`, which is near 0 for a voter who guesses. The estimate is the posterior mode under weak normal priors, which exists even
 * if an item won every comparison; the intervals follow from the Fisher information.
 */
import { normalTail } from "@pareidolia/analysis/normalTail";
import { AppError } from "@pareidolia/core/appError";
import { choleskyFactor, choleskyInverse, choleskySolve } from "../numbers/cholesky.ts";
import type { Bounds } from "./aggregation.ts";

export interface Comparisons {
  readonly items: number;
  readonly voters: number;
  /** In comparison c, voter[c] preferred winner[c] to loser[c]. */
  readonly winner: Int32Array;
  readonly loser: Int32Array;
  readonly voter: Int32Array;
}

export interface BradleyTerryOptions {
  /** Whether voters differ in discrimination. Default true; otherwise all have 1. */
  readonly voterSkills?: boolean;
  /** Standard deviation of the prior of strengths. Default 3. */
  readonly strengthPrior?: number;
  /** Standard deviation of the prior of log discrimination, around 0. Default .5. */
  readonly discriminationPrior?: number;
}

export interface BradleyTerry {
  /** Of each item; their mean is 0. */
  readonly strength: Float64Array;
  /** 95%, of the difference from the mean of all items. */
  readonly strengthInterval: Bounds;
  /** Of each voter; NaN without votes. */
  readonly discrimination: Float64Array;
  /** 95%; null without `voterSkills`. */
  readonly discriminationInterval: Bounds | null;
  /** Posterior probability that item a is stronger than item b. */
  readonly stronger: (a: number, b: number) => number;
  readonly iterations: number;
  readonly converged: boolean;
}

const z = 1.959963984540054;
const fewestVoters = 3;

/**
 * Why strengths of so many choices have no interval; null if they have. Of two voters, the priors weigh: simulated intervals cover 97% and more.
 * Of many voters with few choices each, the error in each voter's discrimination adds up to a bias of the strengths (Neyman & Scott 1948,
 * "Consistent estimates based on partially consistent observations", Econometrica 16:1): simulated intervals of 20 voters with 10 choices each
 * cover 92.8% (`npm run repro -- intervals`).
 */
export function whyWithoutStrengths({ voters, choices }: { readonly voters: number; readonly choices: number }): string | null {
  if (voters < fewestVoters) return `A 95% interval of a strength needs at least ${fewestVoters} voters.`;
  return choices < voters ** 2
    ? `A 95% interval of strengths by ${voters} voters needs at least ${voters} choices of each, on average.`
    : null;
}

/** Above this, the information matrix takes too long to invert. */
const maxParameters = 1500;
const mostIterations = 200;

/** @throws AppError INVALID_INPUT for an index outside its range, an item compared with itself, or more than 1,500 items and voters. */
export function bradleyTerry(comparisons: Comparisons, options: BradleyTerryOptions = {}): BradleyTerry {
  const { voterSkills = true, strengthPrior = 3, discriminationPrior = 0.5 } = options;
  checkComparisons(comparisons);
  const { items, voters, voter } = comparisons;
  const size = items + (voterSkills ? voters : 0);
  if (size > maxParameters)
    throw new AppError("INVALID_INPUT", `Comparisons of more than ${maxParameters} items and voters are too many. Choose fewer items.`);
  const precision = Float64Array.from({ length: size }, (_, k) => (k < items ? strengthPrior : discriminationPrior) ** -2);
  let parameters: Float64Array = new Float64Array(size);
  let objective = objectiveOf(comparisons, parameters, precision);
  let iterations = 0;
  let converged = false;
  while (!converged && iterations < mostIterations) {
    const { gradient, information } = scoreOf(comparisons, parameters, precision);
    const step = choleskySolve(choleskyFactor(information, size), size, gradient);
    let scale = 1;
    let next = parameters;
    let reached = Number.NEGATIVE_INFINITY;
    // Halve a step that overshoots.
    for (; scale > 1e-6; scale /= 2) {
      next = parameters.map((value, k) => value + scale * (step[k] as number));
      reached = objectiveOf(comparisons, next, precision);
      if (reached >= objective - 1e-12 * Math.abs(objective)) break;
    }
    iterations++;
    converged = scale <= 1e-6 || step.every((value) => Math.abs(value) < 1e-8);
    if (scale > 1e-6) [parameters, objective] = [next, reached];
  }
  const { information } = scoreOf(comparisons, parameters, precision);
  const covariance = choleskyInverse(choleskyFactor(information, size), size);
  return { ...summarise(parameters, covariance, { items, voters, voter, voterSkills }), iterations, converged };
}

function summarise(
  parameters: Float64Array,
  covariance: Float64Array,
  { items, voters, voter, voterSkills }: { items: number; voters: number; voter: Int32Array; voterSkills: boolean },
) {
  const size = parameters.length;
  const at = (k: number, l: number): number => covariance[k * size + l] as number;
  const mean = parameters.subarray(0, items).reduce((sum, value) => sum + value, 0) / items;
  const strength = parameters.slice(0, items).map((value) => value - mean);
  const withMean = Float64Array.from({ length: items }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < items; j++) sum += at(i, j);
    return sum / items;
  });
  const ofMean = withMean.reduce((sum, value) => sum + value, 0) / items;
  const deviation = strength.map((_, i) => Math.sqrt(Math.max(0, at(i, i) - 2 * (withMean[i] as number) + ofMean)));
  const voted = new Uint8Array(voters);
  for (const v of voter) voted[v] = 1;
  const discriminationAt = (side: number): Float64Array =>
    Float64Array.from({ length: voters }, (_, v) => {
      if (voted[v] === 0) return Number.NaN;
      if (!voterSkills) return 1;
      return Math.exp((parameters[items + v] as number) + side * Math.sqrt(at(items + v, items + v)));
    });
  return {
    strength,
    strengthInterval: {
      low: strength.map((value, i) => value - z * (deviation[i] as number)),
      high: strength.map((value, i) => value + z * (deviation[i] as number)),
    },
    discrimination: discriminationAt(0),
    discriminationInterval: voterSkills ? { low: discriminationAt(-z), high: discriminationAt(z) } : null,
    stronger: (a: number, b: number): number => {
      if (a === b) return 0.5;
      const variance = at(a, a) + at(b, b) - 2 * at(a, b);
      return normalTail(((strength[b] as number) - (strength[a] as number)) / Math.sqrt(variance));
    },
  };
}

function checkComparisons({ items, voters, winner, loser, voter }: Comparisons): void {
  if (winner.length !== loser.length || winner.length !== voter.length)
    throw new AppError("INVALID_INPUT", "The columns of comparisons must have the same length.");
  for (let c = 0; c < winner.length; c++) {
    const [a, b, v] = [winner[c] as number, loser[c] as number, voter[c] as number];
    if (!(a >= 0 && a < items && b >= 0 && b < items && v >= 0 && v < voters && a !== b))
      throw new AppError("INVALID_INPUT", `Comparison ${c} has an item or a voter outside its range, or one item twice.`);
  }
}

function objectiveOf({ items, winner, loser, voter }: Comparisons, parameters: Float64Array, precision: Float64Array): number {
  const skills = parameters.length > items;
  let objective = 0;
  for (let k = 0; k < parameters.length; k++) objective -= ((precision[k] as number) * (parameters[k] as number) ** 2) / 2;
  for (let c = 0; c < winner.length; c++) {
    const discrimination = skills ? Math.exp(parameters[items + (voter[c] as number)] as number) : 1;
    const x = discrimination * ((parameters[winner[c] as number] as number) - (parameters[loser[c] as number] as number));
    objective -= x > 0 ? Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)) - x;
  }
  return objective;
}

/** Gradient of the objective and the expected information, both including the prior. */
function scoreOf({ items, winner, loser, voter }: Comparisons, parameters: Float64Array, precision: Float64Array) {
  const size = parameters.length;
  const skills = size > items;
  const gradient = parameters.map((value, k) => -(precision[k] as number) * value);
  const information = new Float64Array(size * size);
  for (let k = 0; k < size; k++) information[k * size + k] = precision[k] as number;
  for (let c = 0; c < winner.length; c++) {
    const [a, b] = [winner[c] as number, loser[c] as number];
    const v = items + (voter[c] as number);
    const discrimination = skills ? Math.exp(parameters[v] as number) : 1;
    const x = discrimination * ((parameters[a] as number) - (parameters[b] as number));
    const p = 1 / (1 + Math.exp(-x));
    const entries: readonly (readonly [number, number])[] = skills
      ? [
          [a, discrimination],
          [b, -discrimination],
          [v, x],
        ]
      : [
          [a, 1],
          [b, -1],
        ];
    for (const [k, slope] of entries) {
      gradient[k] = (gradient[k] as number) + (1 - p) * slope;
      for (const [l, other] of entries) information[k * size + l] = (information[k * size + l] as number) + p * (1 - p) * slope * other;
    }
  }
  return { gradient, information };
}
