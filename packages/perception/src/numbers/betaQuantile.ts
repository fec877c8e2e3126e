/** The quantile of Beta(a, b), the inverse of the incomplete beta function, by Newton's method within a bracket. */

import { betaDensity, incompleteBeta } from "@pareidolia/analysis/numbers/incompleteBeta";
import { logBeta } from "@pareidolia/analysis/numbers/logGamma";
import { AppError } from "@pareidolia/core/appError";

/** Where the lower tail x^a / (a B(a, b)) would reach the probability: exact for small x. */
function tailGuess(probability: number, a: number, b: number): number {
  return Math.exp((Math.log(probability) + Math.log(a) + logBeta(a, b)) / a);
}

/**
 * The x at which I_x(a, b) is the probability.
 * @throws AppError INVALID_INPUT unless 0 <= probability <= 1, a > 0 and b > 0.
 */
export function betaQuantile(probability: number, a: number, b: number): number {
  if (!(probability >= 0 && probability <= 1 && a > 0 && b > 0))
    throw new AppError("INVALID_INPUT", "A quantile of the beta distribution needs a probability from 0 to 1 and positive a and b.");
  if (probability === 0 || probability === 1) return probability;
  let low = 0;
  let high = 1;
  const guess = tailGuess(probability, a, b);
  let x = guess < 0.1 * (a / (a + b)) ? guess : a / (a + b);
  for (let round = 0; round < 300; round++) {
    const excess = incompleteBeta(x, a, b) - probability;
    if (excess === 0) return x;
    if (excess > 0) high = x;
    else low = x;
    const next = x - excess / betaDensity(x, a, b);
    const inside = next > low && next < high;
    // Newton's error is squared in each step, so after a step this small it is below the resolution of a double.
    if (inside && Math.abs(next - x) <= Math.max(1e-10 * Math.min(x, 1 - x), 2 ** -52 * x)) return next;
    if (high - low <= 2 ** -52 * high) return x;
    x = inside ? next : between(low, high);
  }
  return x;
}

/** A point inside a bracket; small quantiles are approached on a logarithmic scale. */
function between(low: number, high: number): number {
  if (low === 0) return high / 16;
  return high > 4 * low ? Math.sqrt(low * high) : (low + high) / 2;
}
