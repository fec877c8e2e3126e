/** Comparisons of groups and studies, means and medians: Student's t by integrals, distributions of order statistics, and examples by hand. */
import { resolveStoppingRule } from "@pareidolia/perception/stopping/registry";
import type { ReportRow } from "../../report.ts";
import { near, nearAll } from "../row.ts";
import { normalPoint, studentPoint, studentTails } from "./formulas.ts";
import type { ClosedFormGates, Statistics } from "./statistics.ts";

const rounding = 1e-7;

interface Ends {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

const list = ({ estimate, low, high }: Ends): readonly number[] => [estimate, low, high];
const around = (estimate: number, half: number): readonly number[] => [estimate, estimate - half, estimate + half];
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
/** With divisor n - 1. */
const variance = (values: readonly number[]): number => sum(values.map((value) => (value - mean(values)) ** 2)) / (values.length - 1);

function row(what: string, figures: readonly number[], expected: readonly number[], id = "value comparison"): ReportRow {
  return nearAll({ id, what, figures, expected, tolerance: rounding });
}

const [one, other] = [
  [3.1, 2.7, 4.2, 3.8, 2.9, 3.3, 4.6],
  [2.2, 2.9, 1.8, 2.5, 3.4],
] as const;

/** Welch 1947; Hedges 1981, with the variance of Hedges & Olkin 1985. */
function meansRows({ differenceOfMeans }: Statistics): readonly ReportRow[] {
  const found = differenceOfMeans(one, other);
  const [m, n] = [one.length, other.length];
  const parts = [variance(one) / m, variance(other) / n] as const;
  const total = parts[0] + parts[1];
  const freedom = total ** 2 / (parts[0] ** 2 / (m - 1) + parts[1] ** 2 / (n - 1));
  const difference = mean(one) - mean(other);
  const pooled = ((m - 1) * variance(one) + (n - 1) * variance(other)) / (m + n - 2);
  const g = (1 - 3 / (4 * (m + n - 2) - 1)) * (difference / Math.sqrt(pooled));
  const what = "difference of the means of seven and five values";
  return [
    row(
      `${what}: estimate and ends of Welch's interval`,
      found.defined ? list(found.difference) : [],
      around(difference, studentPoint(freedom) * Math.sqrt(total)),
    ),
    row(`${what}: p`, found.defined ? [found.p] : [], [studentTails(difference / Math.sqrt(total), freedom)]),
    row(
      `${what}: Hedges' g and its interval`,
      found.defined ? list(found.effect) : [],
      around(g, normalPoint * Math.sqrt((m + n) / (m * n) + g ** 2 / (2 * (m + n)))),
    ),
  ];
}

/** Values without pattern: multiples of the golden ratio, modulo 1. */
const scattered = (k: number): number => (k * 0.6180339887498949) % 1;

const pairs = Array.from({ length: 1000 }, (_, k) => {
  const common = scattered(k) + scattered(7 * k + 3);
  return [0.15 + 0.3 * common + 0.2 * scattered(5 * k + 1), 0.12 + 0.3 * common + 0.2 * scattered(11 * k + 2)] as const;
});

function pairedRows({ comparePairedShares }: Statistics): readonly ReportRow[] {
  const [first, second] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
  const voters = [
    { variance: 2e-5, freedom: 19 },
    { variance: 5e-5, freedom: 11 },
  ] as const;
  const found = comparePairedShares(
    { shares: first, voters: voters[0] },
    { shares: second, voters: voters[1] },
    { seed: 5, resamples: 20_000 },
  );
  const n = pairs.length;
  const differences = pairs.map(([a, b]) => a - b);
  const parts = [{ variance: variance(differences) / n, freedom: n - 1 }, ...voters];
  const total = sum(parts.map((part) => part.variance));
  const freedom = total ** 2 / sum(parts.map((part) => part.variance ** 2 / part.freedom));
  const [difference, d] = [mean(differences), mean(differences) / Math.sqrt(variance(differences))];
  // The influence of each pair on Pearson's correlation (Devlin, Gnanadesikan & Kettenring 1975).
  const standard = (values: readonly number[]): readonly number[] =>
    values.map((value) => (value - mean(values)) / Math.sqrt((variance(values) * (n - 1)) / n));
  const [a, b] = [standard(first), standard(second)];
  const r = mean(a.map((value, k) => value * (b[k] as number)));
  const influences = a.map((value, k) => value * (b[k] as number) - (r * (value ** 2 + (b[k] as number) ** 2)) / 2);
  const error = Math.sqrt(mean(influences.map((value) => value ** 2)) / n);
  const { correlation } = found;
  const what = "two studies of a thousand images";
  const of = found.difference;
  return [
    row(
      `${what}: mean difference and ends of its interval`,
      of.defined ? list(of.difference) : [],
      around(difference, studentPoint(freedom) * Math.sqrt(total)),
    ),
    row(`${what}: p`, of.defined ? [of.p] : [], [studentTails(difference / Math.sqrt(total), freedom)]),
    row(
      `${what}: Cohen's d and its interval`,
      of.defined ? list(of.effect) : [],
      around(d, normalPoint * Math.sqrt(1 / n + d ** 2 / (2 * n))),
    ),
    row(`${what}: correlation`, correlation.defined ? [correlation.estimate] : [], [r]),
    near({
      id: "width comparison",
      what: `${what}: width of the correlation's interval, as a share of that by its influence function`,
      figure: correlation.defined ? (correlation.high - correlation.low) / (2 * normalPoint * error) : Number.NaN,
      expected: 1,
      tolerance: 0.01,
    }),
  ];
}

/** Four p whose adjusted values are 3 x .01, 2 x .03, the same again, and 4 x .005. */
function holmRows({ holm }: Statistics): readonly ReportRow[] {
  return [row("four p, adjusted by Holm's procedure", holm([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02])];
}

function averageRows({ meanInterval, momentsOf, medianInterval, quantile }: Statistics): readonly ReportRow[] {
  const found = meanInterval(momentsOf(one));
  const reach = studentPoint(one.length - 1) * Math.sqrt(variance(one) / one.length);
  const median = medianInterval([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
  // Ranks 2 and 9 have the level 1 - 22/1024, ranks 3 and 8 have 1 - 112/1024 (Hettmansperger & Sheather 1986).
  const [outer, inner] = [1 - 22 / 1024, 1 - 112 / 1024];
  const part = (outer - 0.95) / (outer - inner);
  const weight = (8 * part) / (2 + 6 * part);
  return [
    row(
      "mean of seven values: ends of Student's interval",
      found.defined ? [found.low, found.high] : [],
      around(mean(one), reach).slice(1),
    ),
    row("median of ten values and its interval", median === null ? [] : list(median), [55, 20 + 10 * weight, 90 - 10 * weight]),
    row(
      "quartiles of five values",
      [0.25, 0.75].map((p) => quantile(other, p)),
      [2.2, 2.9],
    ),
  ];
}

/** Ends that solve the score equation of Wilson's interval. */
function scoreOf(share: number, size: number, ends: readonly number[]): readonly number[] {
  return ends.map((end) => Math.sqrt(((share - end) ** 2 * size) / (end * (1 - end))));
}

function shownShareRows({ intervalOfShare, shareIntervalOf, sequenceInterval }: Statistics): readonly ReportRow[] {
  const fixed = intervalOfShare(shareIntervalOf(resolveStoppingRule("fixedNumber", { votes: 20 })), 13, 20);
  const watched = intervalOfShare(shareIntervalOf(resolveStoppingRule("sequentialBound", { bound: 0.5 })), 13, 20);
  return [
    row(
      "13 of 20 votes on an image of a fixed number of votes: the share, and ends that solve the score equation",
      [fixed.estimate, ...scoreOf(0.65, 20, [fixed.low, fixed.high])],
      [0.65, normalPoint, normalPoint],
    ),
    row("13 of 20 votes on an image that agreement stops: the confidence sequence", list(watched), list(sequenceInterval(13, 20))),
  ];
}

export const comparisonClosedForms: readonly ClosedFormGates[] = [
  { id: "difference of means", of: ["differenceOfMeans"], rows: meansRows },
  { id: "paired studies", of: ["comparePairedShares"], rows: pairedRows },
  { id: "Holm", of: ["holm"], rows: holmRows },
  { id: "averages", of: ["meanInterval", "momentsOf", "medianInterval", "quantile"], rows: averageRows },
  { id: "shown shares", of: ["intervalOfShare", "shareIntervalOf"], rows: shownShareRows },
];
