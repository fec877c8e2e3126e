/**
 * Sensitivity without response bias, by signal detection theory (Green & Swets 1966; Macmillan & Creelman 2005, "Detection Theory: A User's
 * Guide"), and by threshold models, which take every answer for knowledge or a guess.
 *
 * Rates are corrected log-linearly (Hautus 1995, "Corrections for extreme proportions and their biasing effects on estimated values of d'",
 * Behavior Research Methods 27:46): one trial more, answered by chance, so that rates of 0 and 1 have a finite d'.
 */
import { normalQuantile } from "@pareidolia/analysis/normalQuantile";
import { normalTail } from "@pareidolia/analysis/normalTail";
import { AppError } from "@pareidolia/core/appError";

/** (hits + chance) / (trials + 1). Chance is 1/2 for yes or no, and 1/m for a choice of m. May be weighted numbers of trials. */
export function logLinearRate(hits: number, trials: number, chance = 0.5): number {
  return (hits + chance) / (trials + 1);
}

/** Numbers of trials with a signal and "yes", with a signal, without one and "yes", and without one. */
export interface YesNoCounts {
  readonly hits: number;
  readonly signals: number;
  readonly falseAlarms: number;
  readonly noises: number;
}

export interface YesNoSensitivity {
  /** Log-linear, in (0, 1). */
  readonly hitRate: number;
  readonly falseAlarmRate: number;
  /** z(hit rate) - z(false-alarm rate): 0 if signals get "yes" as often as noise. */
  readonly dPrime: number;
  /** -(z(hit rate) + z(false-alarm rate)) / 2: above 0 for a preference for "no". */
  readonly criterion: number;
}

export function yesNoSensitivity({ hits, signals, falseAlarms, noises }: YesNoCounts): YesNoSensitivity {
  const [hitRate, falseAlarmRate] = [logLinearRate(hits, signals), logLinearRate(falseAlarms, noises)];
  const [h, f] = [normalQuantile(hitRate), normalQuantile(falseAlarmRate)];
  // From 0, since a negated 0 would be -0.
  return { hitRate, falseAlarmRate, dPrime: h - f, criterion: 0 - (h + f) / 2 };
}

export interface ThresholdModels {
  /** One high threshold (Blackwell 1953): the probability of detecting a signal, (H - F) / (1 - F), if noise never is; NaN if all noise gets "yes". */
  readonly detected: number;
  /** Two high thresholds (Snodgrass & Corwin 1988): the probability of detecting a signal, or noise, H - F. */
  readonly discriminated: number;
  /** The same: the probability of "yes" to an image that is not detected, F / (1 - H + F); NaN if all are. */
  readonly bias: number;
}

/** Of plain rates. */
export function yesNoThresholds({ hits, signals, falseAlarms, noises }: YesNoCounts): ThresholdModels {
  const [h, f] = [hits / signals, falseAlarms / noises];
  return { detected: f === 1 ? Number.NaN : (h - f) / (1 - f), discriminated: h - f, bias: 1 - h + f === 0 ? Number.NaN : f / (1 - h + f) };
}

/** The share that is recognised, if all others guess at this level: below 0 for a share below chance. */
export function withoutGuesses(share: number, chance: number): number {
  return (share - chance) / (1 - chance);
}

const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
/** Ends and steps of the integral: its error is below 1e-10. */
const reach = 9;
const steps = 720;

/** The share of right choices among m alternatives at this d': that the signal exceeds m - 1 independent others (Elliott 1964). */
export function forcedChoiceShare(dPrime: number, alternatives: number): number {
  if (alternatives === 2) return normalTail(-dPrime / Math.SQRT2);
  const width = (2 * reach) / steps;
  let sum = 0;
  for (let k = 0; k <= steps; k++) {
    const x = -reach + k * width;
    const weight = k === 0 || k === steps ? 1 : k % 2 === 1 ? 4 : 2;
    sum += weight * density(x) * normalTail(-(x + dPrime)) ** (alternatives - 1);
  }
  return (sum * width) / 3;
}

/** A larger d' means fewer than one error in 10^9. */
const largest = 12;

/**
 * The d' at which this share of choices is right.
 * @throws AppError INVALID_INPUT unless 0 < share < 1 and there are at least two alternatives.
 */
export function forcedChoiceDPrime(share: number, alternatives: number): number {
  if (!(share > 0 && share < 1 && alternatives >= 2))
    throw new AppError("INVALID_INPUT", "A d' needs a share between 0 and 1, and at least two alternatives.");
  if (alternatives === 2) return Math.SQRT2 * normalQuantile(share);
  let [low, high] = [-largest, largest];
  for (let round = 0; round < 50; round++) {
    const middle = (low + high) / 2;
    if (forcedChoiceShare(middle, alternatives) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
