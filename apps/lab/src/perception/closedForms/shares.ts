/** Intervals of a share against the equations that define them, and the exact one at its true minimum coverage. */
import { judge, type ReportRow } from "../../report.ts";
import { binomialMasses, binomialShare, jeffreysShare, logFactorial, normalPoint, normalPointOf80 } from "./formulas.ts";
import type { ClosedFormGates, Statistics } from "./statistics.ts";

/** Of equations, as far as floating point and the integrals allow. */
const exact = 1e-8;
const sizes = [20, 100];
const confidences = [0.8, 0.95];

interface Ends {
  readonly low: number;
  readonly high: number;
}

/** The largest deviation over all numbers of successes. */
function deviationRow(id: string, what: string, deviations: readonly number[]): ReportRow {
  return judge({
    id: `equation-${id}`,
    what: `${what}: largest deviation`,
    figure: deviations.reduce((most, one) => (one > most || Number.isNaN(one) ? one : most), 0),
    bar: { below: exact },
    detail: `${deviations.length} ends`,
  });
}

function forEach(visit: (successes: number, n: number, confidence: number) => readonly number[], between = false): readonly number[] {
  return sizes.flatMap((n) =>
    confidences.flatMap((confidence) =>
      Array.from({ length: n + 1 }, (_, k) => k).flatMap((k) => (between && (k === 0 || k === n) ? [] : visit(k, n, confidence))),
    ),
  );
}

function exactRows({ exactInterval }: Statistics): readonly ReportRow[] {
  const deviations = forEach((k, n, confidence) => {
    const { low, high } = exactInterval(k, n, confidence);
    const tail = (1 - confidence) / 2;
    return [
      k === 0 ? low : Math.abs(binomialShare(n, low, k, n) - tail),
      k === n ? 1 - high : Math.abs(binomialShare(n, high, 0, k) - tail),
    ];
  });
  return [
    deviationRow("exact", "exact interval: at each end, the tail of the binomial distribution is half of what is left out", deviations),
    ...[20, 200].map((n) => lowestRow(n, 0.95, (k) => exactInterval(k, n))),
  ];
}

/**
 * Coverage as a function of the true share is continuous between the ends of the intervals and jumps at them, where it takes its lowest
 * values: so its minimum over all shares is that of finitely many one-sided limits.
 */
export function lowestCoverage(n: number, interval: (successes: number) => Ends): number {
  const all = Array.from({ length: n + 1 }, (_, k) => interval(k));
  let lowest = 1;
  for (const p of all.flatMap(({ low, high }) => [low, high])) {
    if (!(p > 0 && p < 1)) continue;
    const masses = binomialMasses(n, p);
    const covered = (isInside: (ends: Ends) => boolean): number =>
      all.reduce((sum, ends, k) => sum + (isInside(ends) ? (masses[k] as number) : 0), 0);
    lowest = Math.min(
      lowest,
      covered(({ low, high }) => low < p && p <= high),
      covered(({ low, high }) => low <= p && p < high),
    );
  }
  return lowest;
}

function lowestRow(n: number, confidence: number, interval: (successes: number) => Ends): ReportRow {
  return judge({
    id: `coverage-exact-lowest-${n}`,
    what: `lowest coverage of the exact 95% interval over all shares, ${n} votes, by summing the binomial distribution`,
    figure: lowestCoverage(n, interval),
    bar: { atLeast: confidence - 1e-9 },
    detail: "at the ends of the intervals, where coverage is lowest",
  });
}

function wilsonRows({ wilsonInterval }: Statistics): readonly ReportRow[] {
  const deviations = forEach((k, n, confidence) => {
    const z = confidence === 0.95 ? normalPoint : normalPointOf80;
    const { low, high } = wilsonInterval(k, n, confidence);
    const score = (p: number): number => (k / n - p) ** 2 - (z ** 2 * p * (1 - p)) / n;
    return [low, high].map((p) => Math.abs(score(p)));
  });
  return [deviationRow("wilson", "Wilson's interval: each end solves the score equation", deviations)];
}

function betaRows({ betaInterval }: Statistics): readonly ReportRow[] {
  const deviations = forEach((k, n, confidence) => {
    const { low, high } = betaInterval(k, n, { confidence });
    const tail = (1 - confidence) / 2;
    return [Math.abs(jeffreysShare(k, n - k, low) - tail), Math.abs(jeffreysShare(k, n - k, high) - (1 - tail))];
  }, true);
  return [deviationRow("beta", "Beta interval: the posterior's integral at each end", deviations)];
}

/** After n votes with a uniform mixture, the likelihood ratio to a share p is s! f! / (n + 1)! / (p^s (1 - p)^f). */
function sequenceRows({ sequenceInterval, sequenceContains }: Statistics): readonly ReportRow[] {
  const logRatio = (k: number, n: number, p: number): number =>
    logFactorial(k) + logFactorial(n - k) - logFactorial(n + 1) - k * Math.log(p) - (n - k) * Math.log(1 - p);
  const deviations = forEach((k, n, confidence) => {
    const { low, high } = sequenceInterval(k, n, { confidence });
    return [low, high].map((p) => Math.abs(logRatio(k, n, p) + Math.log(1 - confidence)));
  }, true);
  let wrong = 0;
  let points = 0;
  for (const n of sizes)
    for (let k = 0; k <= n; k++)
      for (let step = 1; step < 200; step++) {
        const p = step / 200;
        points++;
        if (sequenceContains(p, k, n) !== logRatio(k, n, p) < Math.log(20)) wrong++;
      }
  return [
    deviationRow("sequence", "confidence sequence: at each end, the likelihood ratio is 1 / (1 - confidence)", deviations),
    judge({
      id: "equation-sequence-contains",
      what: "confidence sequence: shares whose membership differs from that by their likelihood ratio",
      figure: wrong,
      bar: { below: 1 },
      detail: `${points} shares`,
    }),
  ];
}

export const shareGates: readonly ClosedFormGates[] = [
  { id: "exact", of: ["exactInterval"], rows: exactRows },
  { id: "wilson", of: ["wilsonInterval"], rows: wilsonRows },
  { id: "beta", of: ["betaInterval"], rows: betaRows },
  { id: "sequence", of: ["sequenceInterval", "sequenceContains"], rows: sequenceRows },
];
