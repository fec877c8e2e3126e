/**
 * The regularised incomplete beta function I_x(a, b), the distribution function of Beta(a, b): its density by Loader's expansion times
 * the continued fraction of Abramowitz & Stegun (1964, 26.5.8), evaluated by Lentz's method. Small values keep their relative precision.
 */
import { AppError } from "@pareidolia/core/appError";
import { binomialDensity } from "./binomialDensity.ts";

const smallest = 1e-300;

/** x^a (1 - x)^b / B(a, b), which is x (1 - x) times the density of Beta(a, b) at x. */
function weight(x: number, a: number, b: number): number {
  return (binomialDensity(a, a + b, x) * a * b) / (a + b);
}

/** The density of Beta(a, b) at x in (0, 1). */
export function betaDensity(x: number, a: number, b: number): number {
  return weight(x, a, b) / (x * (1 - x));
}

function continuedFraction(x: number, a: number, b: number): number {
  const away = (value: number): number => (Math.abs(value) < smallest ? smallest : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    const change = d * c;
    fraction *= change;
    if (Math.abs(change - 1) < 2e-16) break;
  }
  return fraction;
}

/** @throws AppError INVALID_INPUT unless 0 <= x <= 1, a > 0 and b > 0, all finite. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0 && Number.isFinite(a + b)))
    throw new AppError("INVALID_INPUT", "The incomplete beta function needs x from 0 to 1 and positive, finite a and b.");
  if (x === 0 || x === 1) return x;
  if (x > (a + 1) / (a + b + 2)) return 1 - (weight(1 - x, b, a) * continuedFraction(1 - x, b, a)) / b;
  return (weight(x, a, b) * continuedFraction(x, a, b)) / a;
}
