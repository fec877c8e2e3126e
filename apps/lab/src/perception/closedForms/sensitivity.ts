/** Sensitivity: d' and criterion by the definition of the normal distribution, threshold models by hand, and intervals by the delta method. */
import { emptyCounts } from "@pareidolia/perception/detection/overVoters";
import type { YesNoCounts } from "@pareidolia/perception/detection/signalDetection";
import type { ReportRow } from "../../report.ts";
import { near, nearAll } from "../row.ts";
import { integrate, normalPoint, normalShareBelow, rootOf } from "./formulas.ts";
import type { ClosedFormGates, Statistics } from "./statistics.ts";

const rounding = 1e-8;

/** 17 of 20 images and 3 of 10 of noise get "yes"; rates have one trial more, half of it answered "yes" (Hautus 1995). */
const counts: YesNoCounts = { hits: 17, signals: 20, falseAlarms: 3, noises: 10 };
const rates = [17.5 / 21, 3.5 / 11] as const;
const quantileOf = (share: number): number => rootOf((x) => normalShareBelow(x) - share);
const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

function yesNoRows({ yesNoSensitivity, yesNoThresholds, logLinearRate, withoutGuesses }: Statistics): readonly ReportRow[] {
  const [h, f] = rates.map(quantileOf) as [number, number];
  const { dPrime, criterion, hitRate, falseAlarmRate } = yesNoSensitivity(counts);
  const { detected, discriminated, bias } = yesNoThresholds(counts);
  const row = (what: string, figures: readonly number[], expected: readonly number[]): ReportRow =>
    nearAll({
      id: "value sensitivity",
      what: `${what}, of 17 hits in 20 and 3 false alarms in 10`,
      figures,
      expected,
      tolerance: rounding,
    });
  return [
    row("hit rate and false-alarm rate", [hitRate, falseAlarmRate], rates),
    row("d'", [dPrime], [h - f]),
    row("criterion", [criterion], [-(h + f) / 2]),
    row("threshold models: detected, discriminated and bias", [detected, discriminated, bias], [0.55 / 0.7, 0.55, 0.3 / 0.45]),
    row("log-linear rates of a choice of two and of four", [logLinearRate(17, 20), logLinearRate(17, 20, 0.25)], [17.5 / 21, 17.25 / 21]),
    near({
      id: "value sensitivity",
      what: "share that is recognised, of .7 right choices among four",
      figure: withoutGuesses(0.7, 0.25),
      expected: 0.6,
      tolerance: rounding,
    }),
  ];
}

/** The share of right choices at this d': that the signal exceeds all foils (Elliott 1964). Shares of the normal distribution are summed up. */
function rightChoices(dPrime: number, alternatives: number): number {
  const [from, step, points] = [-8, 1 / 64, 1281];
  const below = new Float64Array(points);
  for (let k = 1; k < points; k++) below[k] = (below[k - 1] as number) + integrate(density, from + (k - 1) * step, from + k * step, 4);
  const at = (x: number): number => below[Math.round((x - from) / step)] as number;
  return integrate((x) => density(x - dPrime) * at(x) ** (alternatives - 1), from, from + step * (points - 1), points - 1);
}

function choiceRows({ forcedChoiceDPrime }: Statistics): readonly ReportRow[] {
  const shares = [0.3, 0.6, 0.9];
  return [2, 3, 4, 10].map((alternatives) =>
    nearAll({
      id: "value sensitivity",
      what: `d' of a choice of ${alternatives}: the share of right choices at it, by the integral over the signal`,
      figures: shares.map((share) => rightChoices(forcedChoiceDPrime(share, alternatives), alternatives)),
      expected: shares,
      tolerance: 1e-7,
    }),
  );
}

const voters = 200;
/** Values without pattern: multiples of the golden ratio, modulo 1. */
const scattered = (k: number): number => (k * 0.6180339887498949) % 1;

/** Voters with different numbers of trials and rates. */
function votersCounts() {
  const of = emptyCounts(voters);
  for (let v = 0; v < voters; v++) {
    of.signals[v] = 15 + (v % 11);
    of.noises[v] = 8 + (v % 5);
    of.hits[v] = Math.round((of.signals[v] as number) * (0.5 + 0.5 * scattered(v)));
    of.falseAlarms[v] = Math.round((of.noises[v] as number) * 0.5 * scattered(3 * v + 1));
  }
  return of;
}

/** By the delta method, from each voter's part in the pooled rates. */
function overVotersRows({ intervalOverVoters, yesNoSensitivity }: Statistics): readonly ReportRow[] {
  const of = votersCounts();
  const total = (column: Float64Array): number => column.reduce((sum, value) => sum + value, 0);
  const [signals, noises] = [total(of.signals), total(of.noises)];
  const [hitRate, falseRate] = [total(of.hits) / signals, total(of.falseAlarms) / noises];
  const parts = Array.from({ length: voters }, (_, v) => ({
    hits: ((of.hits[v] as number) - hitRate * (of.signals[v] as number)) / signals,
    falseAlarms: ((of.falseAlarms[v] as number) - falseRate * (of.noises[v] as number)) / noises,
  }));
  const slopes = [1 / density(quantileOf(hitRate)), 1 / density(quantileOf(falseRate))] as const;
  const errorOf = (hit: number, falseAlarm: number): number =>
    Math.sqrt(parts.reduce((sum, part) => sum + (hit * part.hits + falseAlarm * part.falseAlarms) ** 2, 0));
  const options = { seed: 5, resamples: 20_000 };
  const row = (what: string, statistic: (pooled: YesNoCounts) => number, error: number): ReportRow => {
    const found = intervalOverVoters(of, statistic, options);
    return near({
      id: "width sensitivity",
      what: `${what} of ${voters} voters: width of the interval for other voters, as a share of that by the delta method`,
      figure: ((found?.high ?? Number.NaN) - (found?.low ?? Number.NaN)) / (2 * normalPoint * error),
      expected: 1.006,
      tolerance: 0.01,
      detail: "Student's t of 200 voters is .6% above the normal point",
    });
  };
  const pooledRate = ({ hits, signals: all }: YesNoCounts): number => hits / all;
  return [
    near({
      id: "value sensitivity",
      what: `hit rate of ${voters} voters: pooled`,
      figure: intervalOverVoters(of, pooledRate, { seed: 5, resamples: 100 })?.estimate ?? Number.NaN,
      expected: hitRate,
      tolerance: rounding,
    }),
    row("hit rate", pooledRate, errorOf(1, 0)),
    row("d'", (pooled) => yesNoSensitivity(pooled).dPrime, errorOf(slopes[0], -slopes[1])),
    row("criterion", (pooled) => yesNoSensitivity(pooled).criterion, errorOf(slopes[0] / 2, slopes[1] / 2)),
  ];
}

export const sensitivityClosedForms: readonly ClosedFormGates[] = [
  { id: "yes or no", of: ["yesNoSensitivity", "yesNoThresholds", "logLinearRate", "withoutGuesses"], rows: yesNoRows },
  { id: "choices", of: ["forcedChoiceDPrime"], rows: choiceRows },
  { id: "sensitivity over voters", of: ["intervalOverVoters"], rows: overVotersRows },
];
