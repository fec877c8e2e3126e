/**
 * A confidence sequence for a share: intervals that hold at every number of votes at once, so that a study may stop at any time. The
 * likelihood ratio of a Beta mixture to a share p is a martingale if p is true, and by Ville's inequality the probability that it ever
 * reaches 1 / alpha is at most alpha (Robbins 1970, "Statistical methods related to the law of the iterated logarithm"; Howard, Ramdas,
 * McAuliffe & Sekhon 2021, "Time-uniform, nonparametric, nonasymptotic confidence sequences"). The interval after n votes contains every p
 * whose ratio is below 1 / alpha.
 */
import type { Interval } from "@pareidolia/analysis/bootstrap";
import { logBeta } from "@pareidolia/analysis/numbers/logGamma";
import { AppError } from "@pareidolia/core/appError";
import type { BetaPrior } from "./betaInterval.ts";

export interface SequenceOptions {
  /** Default .95: the probability that no interval of the whole sequence misses the share. */
  readonly confidence?: number;
  /** The mixture; default uniform. Any choice is valid; it decides at which shares the intervals are narrow. */
  readonly mixture?: BetaPrior;
}

const uniform: BetaPrior = { a: 1, b: 1 };

function logLikelihood(p: number, successes: number, failures: number): number {
  return (successes === 0 ? 0 : successes * Math.log(p)) + (failures === 0 ? 0 : failures * Math.log1p(-p));
}

/** The log-likelihood that a share inside the interval exceeds. */
function threshold(successes: number, trials: number, { confidence = 0.95, mixture = uniform }: SequenceOptions): number {
  if (!(successes >= 0 && successes <= trials))
    throw new AppError("INVALID_INPUT", "A share needs from 0 to as many successes as there are trials.");
  if (!(confidence > 0 && confidence < 1)) throw new AppError("INVALID_INPUT", "The confidence must be between 0 and 1.");
  const mixed = logBeta(mixture.a + successes, mixture.b + trials - successes) - logBeta(mixture.a, mixture.b);
  return mixed + Math.log(1 - confidence);
}

/** Whether the interval after these votes contains p. @throws AppError INVALID_INPUT as `sequenceInterval`. */
export function sequenceContains(p: number, successes: number, trials: number, options: SequenceOptions = {}): boolean {
  return logLikelihood(p, successes, trials - successes) > threshold(successes, trials, options);
}

/**
 * The interval after `trials` votes; without votes, from 0 to 1 around 1/2.
 * @throws AppError INVALID_INPUT unless 0 <= successes <= trials and 0 < confidence < 1.
 */
export function sequenceInterval(successes: number, trials: number, options: SequenceOptions = {}): Interval {
  const bound = threshold(successes, trials, options);
  const failures = trials - successes;
  if (trials === 0) return { estimate: 0.5, low: 0, high: 1 };
  const share = successes / trials;
  const inside = (p: number): boolean => logLikelihood(p, successes, failures) > bound;
  return {
    estimate: share,
    low: successes === 0 ? 0 : edge(inside, share, 0),
    high: failures === 0 ? 1 : edge(inside, share, 1),
  };
}

/** Bisects between a point inside and a point outside, down to neighbouring floating-point numbers. */
function edge(inside: (p: number) => boolean, within: number, beyond: number): number {
  let [near, far] = [within, beyond];
  for (let round = 0; round < 1100; round++) {
    const middle = (near + far) / 2;
    if (middle === near || middle === far) break;
    if (inside(middle)) near = middle;
    else far = middle;
  }
  return far;
}
