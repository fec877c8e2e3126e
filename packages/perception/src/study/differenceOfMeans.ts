/**
 * The difference between the means of two groups, such as of the machine's confidence in nines: Welch's t interval (Welch 1947), whose
 * groups may differ in variance, and Hedges' g as effect size (Hedges 1981; its variance as in Hedges & Olkin 1985, ch. 5, eq. 14).
 */
import type { Interval } from "@pareidolia/analysis/bootstrap";
import { normalQuantile } from "@pareidolia/analysis/normalQuantile";
import { undefinedBecause } from "../agreement/coefficient.ts";
import { type Moments, momentsOf } from "../intervals/meanInterval.ts";
import { studentCriticalValue, studentTwoSidedP } from "../numbers/studentDistribution.ts";
import type { DifferenceOrReason } from "./differenceOfShares.ts";

/** @param largest the largest possible difference, at which the interval is cut. */
export function differenceOfMeans(
  first: readonly number[],
  second: readonly number[],
  largest = Number.POSITIVE_INFINITY,
  confidence = 0.95,
): DifferenceOrReason {
  if (first.length === 0 || second.length === 0) return undefinedBecause("One of the groups has no values.");
  const [one, other] = [momentsOf(first), momentsOf(second)];
  const difference = one.mean - other.mean;
  if (first.length < 2 || second.length < 2)
    return undefinedBecause("The 95% interval of a difference needs at least two values in each group.", difference);
  const parts = [one, other].map(({ deviation, count }) => deviation ** 2 / count);
  const variance = (parts[0] as number) + (parts[1] as number);
  if (!(variance > 0))
    return undefinedBecause("All values of each group are equal, so nothing shows how much others would vary.", difference);
  const freedom = variance ** 2 / ((parts[0] as number) ** 2 / (one.count - 1) + (parts[1] as number) ** 2 / (other.count - 1));
  const reach = studentCriticalValue(confidence, freedom) * Math.sqrt(variance);
  return {
    defined: true,
    difference: { estimate: difference, low: Math.max(-largest, difference - reach), high: Math.min(largest, difference + reach) },
    p: studentTwoSidedP(difference / Math.sqrt(variance), freedom),
    effect: hedges(one, other, confidence),
  };
}

function hedges(one: Moments, other: Moments, confidence: number): Interval {
  const all = one.count + other.count;
  const pooled = ((one.count - 1) * one.deviation ** 2 + (other.count - 1) * other.deviation ** 2) / (all - 2);
  // The usual approximation of the correction for few values.
  const estimate = (1 - 3 / (4 * (all - 2) - 1)) * ((one.mean - other.mean) / Math.sqrt(pooled));
  const reach = normalQuantile((1 + confidence) / 2) * Math.sqrt(all / (one.count * other.count) + estimate ** 2 / (2 * all));
  return { estimate, low: estimate - reach, high: estimate + reach };
}
