/** The sign test (Arbuthnot 1710): whether pairs differ in one direction more often than by chance. Ties are excluded. */
import { AppError } from "@pareidolia/core/appError";

/** With more pairs, 1 / 2^pairs underflows. */
const maximumPairs = 1000;

/**
 * @returns the one-sided p: the probability of at least as many positives among the nonzero differences; 1 if all are 0.
 * @throws AppError INVALID_INPUT for more than 1,000 differences, or for NaN.
 */
export function signTest(differences: readonly number[]): number {
  if (differences.length > maximumPairs) throw new AppError("INVALID_INPUT", `The sign test takes up to ${maximumPairs} differences.`);
  if (differences.some(Number.isNaN)) throw new AppError("INVALID_INPUT", "A difference is not a number.");
  const positive = differences.filter((difference) => difference > 0).length;
  const count = differences.filter((difference) => difference !== 0).length;
  let term = 0.5 ** count;
  let tail = 0;
  for (let heads = count; heads >= positive; heads--) {
    tail += term;
    term *= heads / (count - heads + 1);
  }
  return Math.min(1, tail);
}
