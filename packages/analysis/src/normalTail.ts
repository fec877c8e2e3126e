/**
 * The upper tail of the standard normal distribution, with a relative error of about 1e-14 even far out, where 1 - cdf has no significant
 * digits: a power series near the centre (Abramowitz & Stegun 1964, 26.2.11) and the continued fraction beyond (26.2.14).
 */

const rootOfTwoPi = Math.sqrt(2 * Math.PI);

/** P(Z > z). */
export function normalTail(z: number): number {
  if (Number.isNaN(z)) return Number.NaN;
  if (z < 0) return 1 - normalTail(-z);
  const density = Math.exp((-z * z) / 2) / rootOfTwoPi;
  if (z < 2.5) {
    let term = z;
    let sum = z;
    for (let n = 3; term > sum * 1e-17; n += 2) {
      term *= (z * z) / n;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = z;
  for (let n = 120; n >= 1; n--) fraction = z + n / fraction;
  return density / fraction;
}
