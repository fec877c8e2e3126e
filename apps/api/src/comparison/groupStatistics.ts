/** The statistics of a comparison: what the runs of an entry have in common, and tests between entries. One run is one observation. */

import type { Interval } from "@pareidolia/analysis/bootstrap";
import { cliffsDelta } from "@pareidolia/analysis/cliffsDelta";
import { holm } from "@pareidolia/analysis/holm";
import { mannWhitney } from "@pareidolia/analysis/mannWhitney";
import { normalQuantile } from "@pareidolia/analysis/normalQuantile";
import { fromNines, ninesRange, toNines } from "@pareidolia/core/nines";
import { meanInterval, momentsOf, type ValueRange } from "@pareidolia/perception/intervals/meanInterval";
import { endsOf, type IntervalEnds } from "../intervalEnds.ts";

/** With the 95% interval over runs. */
export interface MeanOfRuns extends IntervalEnds {
  readonly runCount: number;
  readonly mean: number;
}

/** Null without values. */
export function meanOf(values: readonly number[], range: ValueRange): MeanOfRuns | null {
  if (values.length === 0) return null;
  const moments = momentsOf(values);
  return { runCount: moments.count, mean: moments.mean, ...endsOf(meanInterval(moments, range)) };
}

/** The mean of confidences and its interval, both taken on the scale of nines and transformed back. */
export function meanConfidence(confidences: readonly number[]): MeanOfRuns | null {
  const nines = meanOf(confidences.map(toNines), ninesRange);
  if (nines === null) return null;
  const back = (value: number | null): number | null => (value === null ? null : fromNines(value));
  return { ...nines, mean: fromNines(nines.mean), low: back(nines.low), high: back(nines.high) };
}

export interface GroupTest {
  /** Places of the two entries in the comparison. */
  readonly first: number;
  readonly second: number;
  readonly p: number;
  /** Holm's adjusted p over all tests of the measure. */
  readonly adjustedP: number;
  readonly method: "exact" | "normal";
  /** Cliff's delta: positive if the first entry's values tend to be larger. */
  readonly delta: Interval;
}

export interface GroupTests {
  readonly tests: readonly GroupTest[];
  /** Entries with too few runs for a test. */
  readonly leftOut: readonly number[];
}

const critical = normalQuantile(0.975);

/** The fewest runs in an entry with which a test is made: the smallest exact p of 3 against 3 runs is .1, and of 4 against 4 .03. */
export const fewestRuns = 3;

/**
 * Mann and Whitney's test of each pair of entries, or of each entry against the baseline.
 * @param samples a value of each run of each entry, all finite.
 */
export function testEntries(samples: readonly (readonly number[])[], baseline: number | null): GroupTests {
  const enough = samples.map((sample) => sample.length >= fewestRuns);
  const pairs = samples.flatMap((_, first) =>
    samples.flatMap((__, second) => {
      const isWanted = baseline === null ? first < second : first !== baseline && second === baseline;
      return isWanted && enough[first] && enough[second] ? [{ first, second }] : [];
    }),
  );
  const tested = pairs.map(({ first, second }) => {
    const [one, other] = [samples[first] as readonly number[], samples[second] as readonly number[]];
    const { p, method } = mannWhitney(one, other);
    return { first, second, p, method, delta: cliffsDelta(one, other, critical) };
  });
  const adjusted = holm(tested.map(({ p }) => p));
  return {
    tests: tested.map((test, i) => ({ ...test, adjustedP: adjusted[i] as number })),
    leftOut: enough.flatMap((isEnough, entry) => (isEnough ? [] : [entry])),
  };
}

const maxPoints = 120;

/** At most 120 generations from 0 to `last`, evenly spaced, with both ends. */
export function curveGenerations(last: number): readonly number[] {
  if (last < 0) return [];
  const count = Math.min(maxPoints, last + 1);
  return count === 1 ? [0] : Array.from({ length: count }, (_, i) => Math.round((i * last) / (count - 1)));
}

/** The middle value, where runs that never got there count as infinite; null if the middle is one of those, or there is none. */
export function medianOfReached(generations: readonly (number | null)[]): number | null {
  const sorted = generations.map((generation) => generation ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median =
    sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
  return median !== undefined && Number.isFinite(median) ? median : null;
}
