/** Quantiles of the F distribution by those of the beta distribution (Abramowitz & Stegun 1964, 26.6.2 and 26.5). */
import { betaQuantile } from "./betaQuantile.ts";

/** The f with P(F <= f) = probability. @throws AppError INVALID_INPUT unless 0 < probability < 1 and the degrees of freedom are positive. */
export function fQuantile(probability: number, freedom: number, freedomOfError: number): number {
  // The smaller of x and 1 - x keeps all its digits.
  const x = betaQuantile(probability, freedom / 2, freedomOfError / 2);
  const rest = betaQuantile(1 - probability, freedomOfError / 2, freedom / 2);
  return (freedomOfError * x) / (freedom * rest);
}
