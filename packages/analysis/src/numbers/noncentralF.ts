/**
 * The distribution function of the noncentral F distribution, as a Poisson mixture of beta distributions (Johnson, Kotz & Balakrishnan 1995,
 * "Continuous univariate distributions", vol. 2, ch. 30).
 */
import { incompleteBeta } from "./incompleteBeta.ts";
import { logGamma } from "./logGamma.ts";

/** Terms whose weights are below this are left out. */
const smallestWeight = 1e-13;

/**
 * P(F <= x), where the numerator of F has `first` degrees of freedom and this noncentrality, and the denominator has `second`.
 * @param noncentrality at least 0; 0 is the central distribution.
 */
export function noncentralF(x: number, first: number, second: number, noncentrality: number): number {
  if (!(x > 0)) return 0;
  const share = (first * x) / (first * x + second);
  const mean = noncentrality / 2;
  const of = (j: number): number => incompleteBeta(share, first / 2 + j, second / 2);
  if (mean === 0) return of(0);
  const weight = (j: number): number => Math.exp(j * Math.log(mean) - mean - logGamma(j + 1));
  // From the likeliest term outwards.
  const middle = Math.floor(mean);
  let sum = 0;
  for (let j = middle; j >= 0; j--) {
    const own = weight(j);
    sum += own * of(j);
    if (own < smallestWeight) break;
  }
  for (let j = middle + 1; ; j++) {
    const own = weight(j);
    sum += own * of(j);
    if (own < smallestWeight) break;
  }
  return Math.min(1, sum);
}
