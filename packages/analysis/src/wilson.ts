/** Wilson's score interval (1927) for a share: valid for few cases and near 0 and 1, where the normal approximation leaves [0, 1]. */
import { AppError } from "@pareidolia/core/appError";
import type { Interval } from "./bootstrap.ts";
import { normalQuantile } from "./normalQuantile.ts";

/**
 * @param confidence default .95.
 * @throws AppError INVALID_INPUT unless 0 <= successes <= trials, trials > 0 and 0 < confidence < 1.
 */
export function wilsonInterval(successes: number, trials: number, confidence = 0.95): Interval {
  if (!(trials > 0 && successes >= 0 && successes <= trials))
    throw new AppError("INVALID_INPUT", "A share needs at least one trial, and from 0 to that many successes.");
  if (!(confidence > 0 && confidence < 1)) throw new AppError("INVALID_INPUT", "The confidence must be between 0 and 1.");
  const z = normalQuantile((1 + confidence) / 2);
  const share = successes / trials;
  const denominator = 1 + z ** 2 / trials;
  const centre = (share + z ** 2 / (2 * trials)) / denominator;
  const half = (z / denominator) * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  return { estimate: share, low: successes === 0 ? 0 : centre - half, high: successes === trials ? 1 : centre + half };
}
