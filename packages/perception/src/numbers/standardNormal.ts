/** The distribution function of the standard normal distribution and its inverse, with relative errors near 1e-14. */
import { normalTail } from "@pareidolia/analysis/normalTail";
import { AppError } from "@pareidolia/core/appError";

/** P(Z <= z). */
export function normalProbability(z: number): number {
  return normalTail(-z);
}

/**
 * z with P(Z <= z) = probability: Hastings' rational approximation (Abramowitz & Stegun 1964, 26.2.23), then Halley's iteration on the
 * exact tail.
 * @throws AppError INVALID_INPUT outside (0, 1).
 */
export function normalPoint(probability: number): number {
  if (!(probability > 0 && probability < 1)) throw new AppError("INVALID_INPUT", "A normal quantile needs a probability between 0 and 1.");
  if (probability > 0.5) return -normalPoint(1 - probability);
  const t = Math.sqrt(-2 * Math.log(probability));
  let z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let step = 0; step < 3; step++) {
    const error = (normalTail(z) - probability) / (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI));
    z += error / (1 - (z * error) / 2);
  }
  return -z;
}
