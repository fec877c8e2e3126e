/** Wilson's score interval (1927) for a share: valid for few cases and near 0 and 1, where the normal approximation leaves [0, 1]. */
import { AppError } from "@pareidolia/core/appError";
import type { Interval } from "./bootstrap.ts";

/** The normal quantile of a two-sided 95% interval. */
const z = 1.959963984540054;

/** @throws AppError INVALID_INPUT unless 0 <= successes <= trials and trials > 0. */
export function wilsonInterval(successes: number, trials: number): Interval {
  if (!(trials > 0 && successes >= 0 && successes <= trials))
    throw new AppError("INVALID_INPUT", "A share needs at least one trial, and from 0 to that many successes.");
  const share = successes / trials;
  const denominator = 1 + z ** 2 / trials;
  const centre = (share + z ** 2 / (2 * trials)) / denominator;
  const half = (z / denominator) * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  return { estimate: share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
