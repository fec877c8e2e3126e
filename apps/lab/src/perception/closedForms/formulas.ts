/**
 * Closed forms that the statistics of votes are compared with, written from their definitions: sums, numerical integrals and derivatives.
 * Nothing here imports the statistics, so an error in them cannot hide in their truth.
 */

/** The 97.5% point of the standard normal distribution, and 97.5% points of Student's t by degrees of freedom (printed tables). */
export const normalPoint = 1.959963984540054;
export const studentPoints: Readonly<Record<number, number>> = { 4: 2.7764451051977987, 8: 2.3060041352041672 };
/** The 90% point of the standard normal distribution. */
export const normalPointOf80 = 1.2815515655446004;

/** P(X = 0), ..., P(X = n) of a binomial X, by its recurrence from the mode, so that nothing underflows. */
export function binomialMasses(n: number, p: number): Float64Array {
  const masses = new Float64Array(n + 1);
  const mode = Math.min(n, Math.floor((n + 1) * p));
  masses[mode] = 1;
  for (let k = mode; k < n; k++) masses[k + 1] = ((masses[k] as number) * (n - k) * p) / ((k + 1) * (1 - p));
  for (let k = mode; k > 0; k--) masses[k - 1] = ((masses[k] as number) * k * (1 - p)) / ((n - k + 1) * p);
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return masses.map((mass) => mass / total);
}

/** P(first <= X <= last). */
export function binomialShare(n: number, p: number, first: number, last: number): number {
  const masses = binomialMasses(n, p);
  let sum = 0;
  for (let k = first; k <= last; k++) sum += masses[k] as number;
  return sum;
}

/** The integral of f from a to b by Simpson's rule. @param steps even. */
export function integrate(f: (x: number) => number, a: number, b: number, steps = 2000): number {
  const width = (b - a) / steps;
  let sum = f(a) + f(b);
  for (let k = 1; k < steps; k++) sum += (k % 2 === 1 ? 4 : 2) * f(a + k * width);
  return (sum * width) / 3;
}

/**
 * P(B <= x) of B ~ Beta(s + 1/2, f + 1/2): with x = sin^2 t, the density is proportional to sin^2s t cos^2f t, which is smooth.
 */
export function jeffreysShare(successes: number, failures: number, x: number): number {
  const peak = successes + failures === 0 ? 0.5 : successes / (successes + failures);
  const power = (share: number, count: number): number => (count === 0 ? 0 : count * Math.log(share));
  const scale = power(peak, successes) + power(1 - peak, failures);
  const density = (t: number): number =>
    Math.exp(power(Math.max(Math.sin(t) ** 2, 1e-300), successes) + power(Math.max(Math.cos(t) ** 2, 1e-300), failures) - scale);
  return integrate(density, 0, Math.asin(Math.sqrt(x))) / integrate(density, 0, Math.PI / 2);
}

/** P(F <= x) of an F distribution, which is that of a Beta distribution. */
export function fShare(x: number, first: number, second: number): number {
  return jeffreysShare((first - 1) / 2, (second - 1) / 2, (first * x) / (first * x + second));
}

/** P(|T| >= t) of Student's t. */
export function studentTails(t: number, freedom: number): number {
  return 1 - fShare(t ** 2, 1, freedom);
}

/** The 97.5% point of Student's t, by bisection. */
export function studentPoint(freedom: number): number {
  let [low, high] = [0, 1000];
  while (high - low > 1e-10) {
    const middle = (low + high) / 2;
    if (studentTails(middle, freedom) > 0.05) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(Z <= x) of a standard normal Z, from its density. */
export function normalShareBelow(x: number): number {
  return 0.5 + integrate((z) => Math.exp((-z * z) / 2), 0, x) / Math.sqrt(2 * Math.PI);
}

/** The root of an increasing function between -10 and 10, such as a normal quantile. */
export function rootOf(increasing: (x: number) => number): number {
  let [low, high] = [-10, 10];
  while (high - low > 1e-11) {
    const middle = (low + high) / 2;
    if (increasing(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** ln n! */
export function logFactorial(n: number): number {
  let sum = 0;
  for (let k = 2; k <= n; k++) sum += Math.log(k);
  return sum;
}

/** E|X| of X ~ N(mean, deviation^2), from the density. */
export function meanAbsolute(mean: number, deviation: number): number {
  const density = (z: number): number => (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * Math.abs(mean + deviation * z);
  // Simpson's rule on either side of the kink.
  const kink = Math.min(12, Math.max(-12, -mean / deviation));
  return integrate(density, -12, kink) + integrate(density, kink, 12);
}

/**
 * The standard error of a statistic of multinomial shares by the delta method (Rao 1973, 6a.2), with derivatives by central differences.
 * @param counts of each cell; the statistic is a function of shares that sum to 1, extended to a neighbourhood.
 */
export function deltaError(counts: readonly number[], statistic: (shares: readonly number[]) => number): number {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const shares = counts.map((count) => count / n);
  const step = 1e-6;
  const slopes = shares.map((_, cell) => {
    const moved = (by: number): number => {
      const next = shares.map((share, other) => (other === cell ? share + by : share));
      const total = next.reduce((sum, share) => sum + share, 0);
      return statistic(next.map((share) => share / total));
    };
    return (moved(step) - moved(-step)) / (2 * step);
  });
  const mean = slopes.reduce((sum, slope, cell) => sum + slope * (shares[cell] as number), 0);
  const square = slopes.reduce((sum, slope, cell) => sum + slope ** 2 * (shares[cell] as number), 0);
  return Math.sqrt((square - mean ** 2) / n);
}
