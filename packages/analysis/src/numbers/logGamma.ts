/**
 * The logarithm of the gamma function for positive arguments, and the error of Stirling's formula, by Stirling's series (Abramowitz &
 * Stegun 1964, 6.1.40) from 15 upwards and by recurrence below. Densities use the error: they cancel the large parts of log gamma
 * by algebra (Loader 2000), where a difference of logarithms would lose digits.
 */

const logOfRootOfTwoPi = 0.918938533204672741780329736406;

/** Where seven terms of the series have an error below 1e-17. */
const largeEnough = 15;

function stirlingSeries(z: number): number {
  const w = 1 / (z * z);
  const tail = -1 / 1680 + w * (1 / 1188 + w * (-691 / 360360 + w / 156));
  return (1 / 12 + w * (-1 / 360 + w * (1 / 1260 + w * tail))) / z;
}

/** log Γ(z + 1) - (z + 1/2) log z + z - log √(2π), for z > 0; absolute error below 1e-14. */
export function stirlingError(z: number): number {
  let sum = 0;
  let x = z;
  for (; x < largeEnough; x++) sum += (x + 0.5) * Math.log1p(1 / x) - 1;
  return sum + stirlingSeries(x);
}

/** log Γ(z) for z > 0; the error is below 1e-14, absolute or relative. NaN for other z. */
export function logGamma(z: number): number {
  if (!(z > 0)) return Number.NaN;
  let product = 1;
  let x = z;
  for (; x < largeEnough; x++) product *= x;
  return (x - 0.5) * Math.log(x) - x + logOfRootOfTwoPi + stirlingSeries(x) - Math.log(product);
}

/** log of the beta function B(a, b) for a, b > 0. */
export function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}
