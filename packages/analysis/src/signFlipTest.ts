/**
 * The sign-flip test (Fisher 1935, section 21): whether differences, one for each independent unit, are above 0. If they are symmetric
 * around 0, every choice of their signs is equally likely. Each unit counts once, however many dependent values it sums up.
 */
import { AppError } from "@pareidolia/core/appError";
import { Purpose, Random } from "@pareidolia/core/random";
import { permutationP } from "./permutation.ts";

/** 2^16 choices of signs; with more units, choices are drawn. */
const maxExactUnits = 16;
const drawnChoices = 9_999;

export interface SignFlipResult {
  /** One-sided: the share of choices whose sum is as large. */
  readonly p: number;
  /** The smallest p for this number of units. */
  readonly smallest: number;
}

/** @throws AppError INVALID_INPUT for no difference or NaN. */
export function signFlipTest(differences: readonly number[], seed = 1): SignFlipResult {
  if (differences.length === 0) throw new AppError("INVALID_INPUT", "A sign-flip test needs at least one difference.");
  if (differences.some(Number.isNaN)) throw new AppError("INVALID_INPUT", "A difference is not a number.");
  const count = differences.length;
  const sumOf = (isFlipped: (unit: number) => boolean): number =>
    differences.reduce((sum, difference, unit) => sum + (isFlipped(unit) ? -difference : difference), 0);
  const observed = sumOf(() => false);
  const isExact = count <= maxExactUnits;
  // The observed choice, number 0, is added by `permutationP`.
  const choices = isExact ? 2 ** count - 1 : drawnChoices;
  const sums = Float64Array.from({ length: choices }, (_, index) => {
    if (isExact) return sumOf((unit) => (((index + 1) >> unit) & 1) === 1);
    const random = new Random({ seed, generation: 0, index, purpose: Purpose.RESAMPLE });
    return sumOf(() => random.chance(0.5));
  });
  return { p: permutationP(observed, sums, "greater"), smallest: 1 / (choices + 1) };
}
