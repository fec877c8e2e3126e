/**
 * The difference between the means of two groups of images, such as of the machine's confidence: Welch's t interval (Welch 1947), whose
 * groups may differ in variance, and Hedges' g as effect size (Hedges 1981; its variance as in Hedges & Olkin 1985, ch. 5, eq. 14).
 */
import type { Interval } from "@pareidolia/analysis/bootstrap";
import { normalQuantile } from "@pareidolia/analysis/normalQuantile";
import { studentCriticalValue, studentTwoSidedP } from "../numbers/studentDistribution.ts";
import type { Difference } from "./differenceOfShares.ts";

interface Moments {
  readonly count: number;
  readonly mean: number;
  /** With count - 1. */
  readonly variance: number;
}

function momentsOf(values: readonly number[]): Moments {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    count: values.length,
    mean,
    variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1),
  };
}

/** @returns null for fewer than two values in a group, or if no value of either differs from its group's mean. */
export function differenceOfMeans(first: readonly number[], second: readonly number[], confidence = 0.95): Difference | null {
  if (first.length < 2 || second.length < 2) return null;
  const [one, other] = [momentsOf(first), momentsOf(second)];
  const parts = [one, other].map(({ variance, count }) => variance / count);
  const variance = (parts[0] as number) + (parts[1] as number);
  if (!(variance > 0)) return null;
  const freedom = variance ** 2 / ((parts[0] as number) ** 2 / (one.count - 1) + (parts[1] as number) ** 2 / (other.count - 1));
  const difference = one.mean - other.mean;
  const reach = studentCriticalValue(confidence, freedom) * Math.sqrt(variance);
  return {
    difference: { estimate: difference, low: difference - reach, high: difference + reach },
    p: studentTwoSidedP(difference / Math.sqrt(variance), freedom),
    effect: hedges(one, other, confidence),
  };
}

function hedges(one: Moments, other: Moments, confidence: number): Interval {
  const all = one.count + other.count;
  const pooled = ((one.count - 1) * one.variance + (other.count - 1) * other.variance) / (all - 2);
  // The usual approximation of the correction for few values.
  const estimate = (1 - 3 / (4 * (all - 2) - 1)) * ((one.mean - other.mean) / Math.sqrt(pooled));
  const reach = normalQuantile((1 + confidence) / 2) * Math.sqrt(all / (one.count * other.count) + estimate ** 2 / (2 * all));
  return { estimate, low: estimate - reach, high: estimate + reach };
}
