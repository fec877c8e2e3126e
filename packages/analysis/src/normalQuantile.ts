/** Quantiles of the standard normal distribution: Newton's method on the tail, from Abramowitz & Stegun's approximation (1964, 26.2.23). */
import { AppError } from "@pareidolia/core/appError";
import { normalTail } from "./normalTail.ts";

/**
 * The z with P(Z <= z) = probability; relative error about 1e-15.
 * @throws AppError INVALID_INPUT unless 0 < probability < 1.
 */
export function normalQuantile(probability: number): number {
  if (!(probability > 0 && probability < 1)) throw new AppError("INVALID_INPUT", "A normal quantile needs a probability between 0 and 1.");
  if (probability === 0.5) return 0;
  if (probability < 0.5) return -upperQuantile(probability);
  return upperQuantile(1 - probability);
}

function upperQuantile(tail: number): number {
  const t = Math.sqrt(-2 * Math.log(tail));
  let z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let round = 0; round < 6; round++) {
    const step = ((normalTail(z) - tail) * Math.sqrt(2 * Math.PI)) / Math.exp((-z * z) / 2);
    z += step;
    if (Math.abs(step) < 1e-16 * Math.abs(z)) break;
  }
  return z;
}
