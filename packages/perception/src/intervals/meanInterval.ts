/** The interval of a mean by Student's t: exact for normal values, and close for means of many. */
import { studentCriticalValue } from "../numbers/studentDistribution.ts";

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/**
 * @param deviation the standard deviation, with count - 1.
 * @returns null for fewer than two values, which say nothing about their spread.
 */
export function meanInterval(
  { count, mean, deviation }: { readonly count: number; readonly mean: number; readonly deviation: number },
  confidence = 0.95,
): Bounds | null {
  if (count < 2) return null;
  const half = studentCriticalValue(confidence, count - 1) * (deviation / Math.sqrt(count));
  return { low: mean - half, high: mean + half };
}
