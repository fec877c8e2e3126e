/**
 * The binomial probability by saddle-point expansion (Loader 2000, "Fast and accurate computation of binomial probabilities"), which
 * keeps nearly all digits for thousands of trials. Arguments may be fractions: the density of the beta distribution needs them.
 */
import { logGamma, stirlingError } from "./logGamma.ts";

/** x log(x / mean) + mean - x without cancellation for x near the mean. */
function devianceTerm(x: number, mean: number): number {
  if (Math.abs(x - mean) >= 0.1 * (x + mean)) return x * Math.log(x / mean) + mean - x;
  const v = (x - mean) / (x + mean);
  let sum = (x - mean) * v;
  let term = 2 * x * v;
  for (let j = 1; j < 1000; j++) {
    term *= v * v;
    const next = sum + term / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/**
 * Γ(n + 1) / (Γ(x + 1) Γ(n - x + 1)) p^x (1 - p)^(n - x): for whole numbers, the probability of x successes in n trials.
 * @param x in [0, n].
 * @param p in [0, 1].
 */
export function binomialDensity(x: number, n: number, p: number): number {
  if (p === 0) return x === 0 ? 1 : 0;
  if (p === 1) return x === n ? 1 : 0;
  if (x === 0) return Math.exp(n * Math.log1p(-p));
  if (x === n) return Math.exp(n * Math.log(p));
  if (x < 1e-3 || n - x < 1e-3) {
    const coefficient = logGamma(n + 1) - logGamma(x + 1) - logGamma(n - x + 1);
    return Math.exp(coefficient + x * Math.log(p) + (n - x) * Math.log1p(-p));
  }
  const exponent = stirlingError(n) - stirlingError(x) - stirlingError(n - x) - devianceTerm(x, n * p) - devianceTerm(n - x, n * (1 - p));
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * x * (n - x)));
}
