/**
 * Coverage of the intervals of agreement coefficients: the voters are fixed, and every simulation draws new items. The true coefficient is
 * that of the same voters on very many items.
 */
import type { BootstrapOptions } from "@pareidolia/analysis/bootstrap";
import type { Random } from "@pareidolia/core/random";
import type { CoefficientInterval } from "@pareidolia/perception/agreement/coefficient";
import {
  type Correctness,
  errorConsistency,
  errorConsistencyInterval,
  meanErrorConsistency,
  pairsAmong,
} from "@pareidolia/perception/agreement/errorConsistency";
import { type ExpectedConsistency, jointCorrectness, trialsForPrecision } from "@pareidolia/perception/agreement/errorConsistencyPlan";
import { fleissKappa, fleissKappaInterval } from "@pareidolia/perception/agreement/fleissKappa";
import { type AlphaMetric, krippendorffAlpha, krippendorffAlphaInterval } from "@pareidolia/perception/agreement/krippendorffAlpha";
import { meanPairwiseKappa, pairwiseKappa } from "@pareidolia/perception/agreement/pairwiseKappa";
import { percentAgreement, percentAgreementInterval } from "@pareidolia/perception/agreement/percentAgreement";
import type { VoteTable } from "@pareidolia/perception/voteTable";
import type { ReportRow } from "../report.ts";
import { castVotes, drawFrom, simulationRandom } from "./electorates.ts";
import { valueOf } from "./publishedGates.ts";
import { coverageRow, near } from "./row.ts";

const resamples = 800;
const manyItems = 400_000;

/** Five voters with different biases on items of four ordered answers; votes are missing for one voter of five. */
function orderedVotes(random: Random, items: number, votesPerItem = 4): VoteTable {
  const truth = Int32Array.from({ length: items }, () => drawFrom(random, [0.35, 0.3, 0.2, 0.15]));
  return castVotes(random, { items, voters: 5, votesPerItem, answers: 4 }, (i, v) => {
    const t = truth[i] as number;
    const shares = [0, 1, 2, 3].map((a) => Math.exp(-(1 + 0.1 * v) * Math.abs(a - t) + (v === 4 && a === 3 ? 0.7 : 0)));
    const sum = shares.reduce((total, value) => total + value, 0);
    return drawFrom(
      random,
      shares.map((value) => value / sum),
    );
  });
}

interface Coefficient {
  readonly what: string;
  readonly of: (table: VoteTable) => number;
  readonly interval: (table: VoteTable, options: BootstrapOptions) => CoefficientInterval;
}

const coefficients: readonly Coefficient[] = [
  ...(["nominal", "ordinal", "interval", "ratio"] as const).map((metric: AlphaMetric) => {
    const options = { metric, values: [1, 2, 3, 4] };
    return {
      what: `Krippendorff's alpha, ${metric}`,
      of: (table: VoteTable) => valueOf(krippendorffAlpha(table, options)),
      interval: (table: VoteTable, bootstrap: BootstrapOptions) => krippendorffAlphaInterval(table, { ...options, ...bootstrap }),
    };
  }),
  { what: "Fleiss' kappa", of: (table) => valueOf(fleissKappa(table)), interval: fleissKappaInterval },
  { what: "percent agreement", of: (table) => valueOf(percentAgreement(table)), interval: percentAgreementInterval },
  {
    what: "mean pairwise kappa",
    of: (table) => {
      const kappas = pairwiseKappa(table).map(({ kappa }) => valueOf(kappa));
      return kappas.reduce((sum, kappa) => sum + kappa, 0) / kappas.length;
    },
    interval: meanPairwiseKappa,
  },
];

export function agreementGates(simulations: number, onProgress: (line: string) => void): readonly ReportRow[] {
  onProgress("simulations: coefficients of agreement");
  const items = 100;
  const many = orderedVotes(simulationRandom(4, simulations), manyItems);
  const covered = coefficients.map(({ of }) => ({ truth: of(many), count: 0 }));
  for (let s = 0; s < simulations; s++) {
    const table = orderedVotes(simulationRandom(4, s), items);
    for (const [k, { interval }] of coefficients.entries())
      if (contains(interval(table, { seed: s, resamples }), covered[k]?.truth ?? 0)) (covered[k] as { count: number }).count++;
  }
  onProgress("simulations: error consistency");
  return [
    ...coefficients.map(({ what }, k) =>
      coverageRow({
        id: "coverage agreement",
        what: `${what}: interval`,
        covered: covered[k]?.count ?? 0,
        of: simulations,
        detail: `truth ${covered[k]?.truth.toFixed(4)}; ${simulations} tables of ${items} items with 4 of 5 voters each`,
      }),
    ),
    ...consistencyRows(simulations),
  ];
}

function contains(interval: CoefficientInterval, truth: number): boolean {
  return interval.defined && truth >= interval.low && truth <= interval.high;
}

/** A pair of observers with this error consistency. */
function drawPair(random: Random, expectation: ExpectedConsistency, trials: number): readonly [Correctness, Correctness] {
  const cells = jointCorrectness(expectation);
  const [first, second] = [new Int8Array(trials), new Int8Array(trials)];
  for (let i = 0; i < trials; i++) {
    // Both, only the first, only the second, neither.
    const cell = drawFrom(random, cells);
    first[i] = cell <= 1 ? 1 : 0;
    second[i] = cell === 0 || cell === 2 ? 1 : 0;
  }
  return [first, second];
}

/** Five observers whose errors share the difficulty of the trial. */
function drawObservers(random: Random, trials: number): readonly Correctness[] {
  const rows = Array.from({ length: 5 }, () => new Int8Array(trials));
  for (let i = 0; i < trials; i++) {
    const difficulty = random.uniform();
    for (const [k, row] of rows.entries())
      row[i] = random.chance(0.98 - (0.35 + 0.05 * k) * difficulty ** 2 - 0.3 * difficulty ** 6) ? 1 : 0;
  }
  return rows;
}

function consistencyRows(simulations: number): readonly ReportRow[] {
  const expectation: ExpectedConsistency = { accuracies: [0.75, 0.8], kappa: 0.4 };
  const trials = 160;
  const planned = trialsForPrecision(expectation, 0.1);
  const many = pairsAmong(drawObservers(simulationRandom(5, simulations), manyItems)).map(([a, b]) => valueOf(errorConsistency(a, b)));
  const mean = many.reduce((sum, value) => sum + value, 0) / many.length;
  let [pair, group, widths] = [0, 0, 0];
  for (let s = 0; s < simulations; s++) {
    const random = simulationRandom(5, s);
    if (contains(errorConsistencyInterval(...drawPair(random, expectation, trials), { seed: s, resamples }), expectation.kappa)) pair++;
    const observers = drawObservers(random, trials);
    if (contains(meanErrorConsistency(pairsAmong(observers), { seed: s, resamples }), mean)) group++;
    const wide = errorConsistencyInterval(...drawPair(random, expectation, planned), { seed: s, resamples });
    widths += wide.defined ? (wide.high - wide.low) / 2 : Number.NaN;
  }
  const id = "coverage consistency";
  return [
    coverageRow({
      id,
      what: "error consistency of two observers: interval",
      covered: pair,
      of: simulations,
      detail: `accuracies .75 and .8, kappa .4, ${trials} trials`,
    }),
    coverageRow({
      id,
      what: "error consistency, mean over pairs of five observers: interval",
      covered: group,
      of: simulations,
      detail: `truth ${mean.toFixed(4)}, ${trials} trials`,
    }),
    near({
      id: "plan consistency",
      what: "error consistency: mean half width after the planned number of trials, for a plan of .1",
      figure: widths / simulations,
      expected: 0.1,
      tolerance: 0.005,
      detail: `${planned} trials for accuracies .75 and .8, kappa .4`,
    }),
  ];
}
