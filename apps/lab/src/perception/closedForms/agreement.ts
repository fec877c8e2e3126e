/**
 * Coefficients of agreement on tables whose value is a fraction, and their intervals on many items, where the standard error by the delta
 * method and the normal distribution give the width.
 */
import type { BootstrapOptions } from "@pareidolia/analysis/bootstrap";
import type { Coefficient, CoefficientInterval } from "@pareidolia/perception/agreement/coefficient";
import type { Correctness } from "@pareidolia/perception/agreement/errorConsistency";
import type { AlphaMetric } from "@pareidolia/perception/agreement/krippendorffAlpha";
import type { VoteTable } from "@pareidolia/perception/voteTable";
import type { ReportRow } from "../../report.ts";
import { fleissExample, valueOf } from "../publishedGates.ts";
import { near } from "../row.ts";
import { deltaError, normalPoint } from "./formulas.ts";
import { agreeingShare, alphaOfShares, cohenKappa, consistencyOfShares, scottPi } from "./pairShares.ts";
import type { ClosedFormGates, Statistics } from "./statistics.ts";

const rounding = 1e-9;
/** Half a point of coverage is 2.1% of the width. */
const widthTolerance = 0.01;
const bootstrap: BootstrapOptions = { seed: 5, resamples: 20_000 };

/** A thousand items of two voters and three answers: rows are the first voter's answers. */
const counts = [300, 60, 40, 50, 200, 50, 30, 70, 200] as const;
const answers = 3;
const values = [1, 2, 4];

function tableOfCounts(): VoteTable {
  const pairs = counts.flatMap((count, cell) => Array.from({ length: count }, () => [Math.floor(cell / answers), cell % answers] as const));
  const votes = pairs.flatMap((pair, item) => pair.map((answer, voter) => ({ item, voter, answer })));
  const column = (name: "item" | "voter" | "answer"): Int32Array => Int32Array.from(votes, (vote) => vote[name]);
  return { items: pairs.length, voters: 2, answers, item: column("item"), voter: column("voter"), answer: column("answer") };
}

function widthRow(what: string, found: CoefficientInterval, error: number): ReportRow {
  return near({
    id: "width agreement",
    what: `${what}: width of the interval of a thousand items, as a share of that by the delta method`,
    figure: found.defined ? (found.high - found.low) / (2 * normalPoint * error) : Number.NaN,
    expected: 1,
    tolerance: widthTolerance,
  });
}

function valueRow(what: string, found: Coefficient, expected: number): ReportRow {
  return near({ id: "value agreement", what: `${what}: value of a table`, figure: valueOf(found), expected, tolerance: rounding });
}

const shares = counts.map((count) => count / 1000);
const metrics: readonly AlphaMetric[] = ["nominal", "ordinal", "interval", "ratio"];

function alphaRows({ krippendorffAlpha, krippendorffAlphaInterval }: Statistics): readonly ReportRow[] {
  const table = tableOfCounts();
  return metrics.flatMap((metric) => [
    valueRow(`Krippendorff's alpha, ${metric}`, krippendorffAlpha(table, { metric, values }), alphaOfShares(metric, values, 2000)(shares)),
    widthRow(
      `Krippendorff's alpha, ${metric}`,
      krippendorffAlphaInterval(table, { metric, values, ...bootstrap }),
      deltaError(counts, alphaOfShares(metric, values)),
    ),
  ]);
}

/** Two coders give a thousand texts the answers of the table. */
export function codedTexts() {
  const code = (coder: number, label: number) => ({ coder, kind: "LABEL" as const, label });
  return counts.flatMap((count, cell) =>
    Array.from({ length: count }, () => ({ codes: [code(0, Math.floor(cell / answers)), code(1, cell % answers)] })),
  );
}

/** Of an interval of the nominal alpha of the table. */
export function alphaRowsOf(what: string, found: { readonly defined: boolean }): readonly ReportRow[] {
  const { estimate = Number.NaN, low = Number.NaN, high = Number.NaN } = found as { estimate?: number; low?: number; high?: number };
  return [
    near({
      id: "value agreement",
      what: `${what}: value of a table`,
      figure: estimate,
      expected: alphaOfShares("nominal", values, 2000)(shares),
      tolerance: rounding,
    }),
    near({
      id: "width agreement",
      what: `${what}: width of the interval, as a share of that by the delta method`,
      figure: (high - low) / (2 * normalPoint * deltaError(counts, alphaOfShares("nominal", values))),
      expected: 1,
      tolerance: widthTolerance,
    }),
  ];
}

function kappaRows({ fleissKappa, fleissKappaInterval }: Statistics): readonly ReportRow[] {
  const table = tableOfCounts();
  return [
    valueRow("Fleiss' kappa", fleissKappa(table), scottPi(shares)),
    widthRow("Fleiss' kappa", fleissKappaInterval(table, bootstrap), deltaError(counts, scottPi)),
  ];
}

function percentRows({ percentAgreement, percentAgreementInterval }: Statistics): readonly ReportRow[] {
  const table = tableOfCounts();
  return [
    valueRow("percent agreement", percentAgreement(table), 0.7),
    // Of the worked example of Fleiss' kappa, which prints .378.
    near({
      id: "value agreement",
      what: "percent agreement of the worked example of Fleiss' kappa (printed with three digits)",
      figure: valueOf(percentAgreement(fleissExample())),
      expected: 0.378,
      tolerance: 5e-4,
    }),
    widthRow("percent agreement", percentAgreementInterval(table, bootstrap), deltaError(counts, agreeingShare)),
  ];
}

function pairwiseRows({ pairwiseKappa, meanPairwiseKappa }: Statistics): readonly ReportRow[] {
  const table = tableOfCounts();
  const [pair] = pairwiseKappa(table);
  return [
    valueRow("pairwise kappa", pair?.kappa ?? { defined: false, reason: "" }, cohenKappa(shares)),
    widthRow("mean pairwise kappa", meanPairwiseKappa(table, bootstrap), deltaError(counts, cohenKappa)),
  ];
}

/** Both right, only the first, only the second, neither, of a thousand trials: accuracies .6 and .65. */
const outcomes = [450, 150, 200, 200] as const;

/** Of three observers: cell 4 a + 2 b + c has their outcomes a, b, c. */
const threeOutcomes = [150, 60, 70, 80, 50, 90, 100, 400] as const;

function meanConsistencyOf(cells: readonly number[]): number {
  const right = (index: number, observer: number): boolean => ((index >> (2 - observer)) & 1) === 1;
  const pair = (a: number, b: number): number => {
    const share = (isA: boolean, isB: boolean): number =>
      cells.reduce((sum, value, index) => sum + (right(index, a) === isA && right(index, b) === isB ? value : 0), 0);
    return consistencyOfShares([share(true, true), share(true, false), share(false, true), share(false, false)]);
  };
  return (pair(0, 1) + pair(0, 2) + pair(1, 2)) / 3;
}

function consistencyRows(statistics: Statistics): readonly ReportRow[] {
  const { errorConsistency, errorConsistencyInterval, meanErrorConsistency, trialsForPrecision } = statistics;
  const rows = (which: readonly (0 | 1)[]): Correctness =>
    Int8Array.from(outcomes.flatMap((count, index) => Array<number>(count).fill(which[index] as number)));
  const [first, second] = [rows([1, 1, 0, 0]), rows([1, 0, 1, 0])];
  const observers = [4, 2, 1].map(
    (bit): Correctness => Int8Array.from(threeOutcomes.flatMap((count, index) => Array<number>(count).fill((index & bit) === 0 ? 0 : 1))),
  );
  const [a, b, c] = observers as [Correctness, Correctness, Correctness];
  const expectation = { accuracies: [0.6, 0.65], kappa: consistencyOfShares(outcomes.map((count) => count / 1000)) } as const;
  const pairs = [
    [a, b],
    [a, c],
    [b, c],
  ] as const;
  const three = meanErrorConsistency(pairs, bootstrap);
  const error = deltaError(outcomes, consistencyOfShares);
  return [
    valueRow("error consistency", errorConsistency(first, second), expectation.kappa),
    valueRow("error consistency, mean over three pairs", three, meanConsistencyOf(threeOutcomes.map((count) => count / 1000))),
    widthRow("error consistency", errorConsistencyInterval(first, second, bootstrap), error),
    widthRow("error consistency, mean over three pairs", three, deltaError(threeOutcomes, meanConsistencyOf)),
    near({
      id: "plan consistency",
      what: "error consistency: planned trials for a half width of .05, as a share of those by the delta method",
      figure: trialsForPrecision(expectation, 0.05) / (((normalPoint * error) / 0.05) ** 2 * 1000),
      expected: 1,
      tolerance: 0.005,
    }),
  ];
}

export const agreementClosedForms: readonly ClosedFormGates[] = [
  { id: "alpha", of: ["krippendorffAlpha", "krippendorffAlphaInterval"], rows: alphaRows },
  { id: "fleiss", of: ["fleissKappa", "fleissKappaInterval"], rows: kappaRows },
  { id: "percent", of: ["percentAgreement", "percentAgreementInterval"], rows: percentRows },
  { id: "pairwise", of: ["pairwiseKappa", "meanPairwiseKappa"], rows: pairwiseRows },
  {
    id: "consistency",
    of: ["errorConsistency", "errorConsistencyInterval", "meanErrorConsistency", "trialsForPrecision"],
    rows: consistencyRows,
  },
];
