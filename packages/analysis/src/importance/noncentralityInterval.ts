/**
 * The interval of the noncentrality of an F statistic, by inverting tests (Steiger 2004, "Beyond the F test", Psychological Methods 9:164).
 * Its tails are unequal (Puza & O'Neill 2006, "Interval estimation via tail functions", Can J Stat 34:299): near 0, which a noncentrality
 * cannot be below, the whole error is in the lower end. So the interval excludes 0 exactly where the F test is significant, in 5% of the
 * cases where there is no effect, and covers the true value in 95% of all cases.
 */
import { noncentralF } from "../numbers/noncentralF.ts";

/** Up to about this noncentrality, per degree of freedom of the numerator, tails are unequal. */
const nearZero = 1;
const halvings = 45;

export interface FStatistic {
  readonly f: number;
  /** Degrees of freedom of the numerator and of the denominator. */
  readonly first: number;
  readonly second: number;
}

export function noncentralityInterval(
  { f, first, second }: FStatistic,
  confidence = 0.95,
): { readonly low: number; readonly high: number } {
  const error = 1 - confidence;
  const upperTail = (noncentrality: number): number => (error / 2) * (noncentrality / (noncentrality + nearZero * first));
  // Both are positive for a noncentrality that is too small for f.
  const belowLow = (noncentrality: number): number =>
    noncentralF(f, first, second, noncentrality) - (confidence + upperTail(noncentrality));
  const belowHigh = (noncentrality: number): number => noncentralF(f, first, second, noncentrality) - upperTail(noncentrality);
  return { low: root(belowLow, first * f), high: root(belowHigh, first * f) };
}

/** Where a falling function becomes negative; 0 if it is never positive. */
function root(falling: (value: number) => number, near: number): number {
  if (!(falling(0) > 0)) return 0;
  let [low, high] = [0, Math.max(1, near)];
  while (falling(high) > 0) [low, high] = [high, 2 * high];
  for (let round = 0; round < halvings; round++) {
    const middle = (low + high) / 2;
    if (falling(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
