/** The sign test (Arbuthnot 1710): whether pairs differ in one direction more often than a fair coin would; ties are left out. */
import { AppError } from "@pareidolia/core/appError";

/** Beyond this, 1 / 2^pairs is too small for a float. */
const mostPairs = 1000;

/**
 * @returns p, one-sided: the chance of as many positive differences among all that are not 0; 1 where all are 0.
 * @throws AppError INVALID_INPUT for more than 1,000 differences, or for NaN.
 */
export function signTest(differences: readonly number[]): number {
  if (differences.length > mostPairs) throw new AppError("INVALID_INPUT", `The sign test takes up to ${mostPairs} differences.`);
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
