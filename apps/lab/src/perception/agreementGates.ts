/**
 * Coverage of the intervals of agreement coefficients: the voters are fixed, and every simulation draws new items. The true coefficient
 * follows in closed form from the same voters and infinitely many items.
 */
import type { BootstrapOptions } from "@pareidolia/analysis/bootstrap";
import type { Random } from "@pareidolia/core/random";
import type { CoefficientInterval } from "@pareidolia/perception/agreement/coefficient";
import {
  type Correctness,
  errorConsistencyInterval,
  meanErrorConsistency,
  pairsAmong,
} from "@pareidolia/perception/agreement/errorConsistency";
import { type ExpectedConsistency, jointCorrectness, trialsForPrecision } from "@pareidolia/perception/agreement/errorConsistencyPlan";
import { fleissKappaInterval } from "@pareidolia/perception/agreement/fleissKappa";
import { type AlphaMetric, krippendorffAlphaInterval } from "@pareidolia/perception/agreement/krippendorffAlpha";
import { meanPairwiseKappa } from "@pareidolia/perception/agreement/pairwiseKappa";
import { percentAgreementInterval } from "@pareidolia/perception/agreement/percentAgreement";
import type { VoteTable } from "@pareidolia/perception/voteTable";
import type { ReportRow } from "../report.ts";
import { integrate } from "./closedForms/formulas.ts";
import { agreeingShare, alphaOfShares, cohenKappa, consistencyOfObservers, scottPi } from "./closedForms/pairShares.ts";
import { castVotes, drawFrom, simulationRandom } from "./electorates.ts";
import { coverageRow, near } from "./row.ts";

const resamples = 800;
const answers = [0, 1, 2, 3];
const prevalence = [0.35, 0.3, 0.2, 0.15];
const voters = 5;

/** The probabilities of a voter's answers to an item with this truth: voters have different biases. */
function answerShares(voter: number, truth: number): readonly number[] {
  const shares = answers.map((a) => Math.exp(-(1 + 0.1 * voter) * Math.abs(a - truth) + (voter === 4 && a === 3 ? 0.7 : 0)));
  const sum = shares.reduce((total, value) => total + value, 0);
  return shares.map((value) => value / sum);
}

/** Items of four ordered answers; votes are missing for one voter of five. */
function orderedVotes(random: Random, items: number, votesPerItem = 4): VoteTable {
  const truth = Int32Array.from({ length: items }, () => drawFrom(random, prevalence));
  return castVotes(random, { items, voters, votesPerItem, answers: answers.length }, (i, v) =>
    drawFrom(random, answerShares(v, truth[i] as number)),
  );
}

/** The shares of pairs of answers of each pair of voters on infinitely many items. All pairs share equally many items. */
function pairsOfVoters(): readonly (readonly number[])[] {
  const all = Array.from({ length: voters }, (_, voter) => voter);
  return all.flatMap((v) =>
    all
      .filter((w) => w > v)
      .map((w) =>
        answers.flatMap((a) =>
          answers.map((b) =>
            prevalence.reduce(
              (sum, share, truth) => sum + share * (answerShares(v, truth)[a] as number) * (answerShares(w, truth)[b] as number),
              0,
            ),
          ),
        ),
      ),
  );
}

/** The mean over pairs of voters in both orders. */
function pairsOfAll(): readonly number[] {
  const pairs = pairsOfVoters();
  const at = (a: number, b: number): number =>
    pairs.reduce((sum, pair) => sum + (pair[a * answers.length + b] as number), 0) / pairs.length;
  return answers.flatMap((a) => answers.map((b) => (at(a, b) + at(b, a)) / 2));
}

interface Coefficient {
  readonly what: string;
  /** Of infinitely many items. */
  readonly truth: number;
  readonly interval: (table: VoteTable, options: BootstrapOptions) => CoefficientInterval;
}

const coefficients: readonly Coefficient[] = [
  ...(["nominal", "ordinal", "interval", "ratio"] as const).map((metric: AlphaMetric) => {
    const options = { metric, values: [1, 2, 3, 4] };
    return {
      what: `Krippendorff's alpha, ${metric}`,
      truth: alphaOfShares(metric, options.values)(pairsOfAll()),
      interval: (table: VoteTable, bootstrap: BootstrapOptions) => krippendorffAlphaInterval(table, { ...options, ...bootstrap }),
    };
  }),
  { what: "Fleiss' kappa", truth: scottPi(pairsOfAll()), interval: fleissKappaInterval },
  { what: "percent agreement", truth: agreeingShare(pairsOfAll()), interval: percentAgreementInterval },
  {
    what: "mean pairwise kappa",
    truth: pairsOfVoters().reduce((sum, pair, _, all) => sum + cohenKappa(pair) / all.length, 0),
    interval: meanPairwiseKappa,
  },
];

export function agreementGates(simulations: number, onProgress: (line: string) => void): readonly ReportRow[] {
  onProgress("simulations: coefficients of agreement");
  const items = 100;
  const covered = coefficients.map(({ truth }) => ({ truth, count: 0 }));
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

/** How likely one of five observers is right, by the difficulty of the trial, which is uniform from 0 to 1. */
function chanceOfRight(observer: number, difficulty: number): number {
  return 0.98 - (0.35 + 0.05 * observer) * difficulty ** 2 - 0.3 * difficulty ** 6;
}

/** Five observers whose errors share the difficulty of the trial. */
function drawObservers(random: Random, trials: number): readonly Correctness[] {
  const rows = Array.from({ length: 5 }, () => new Int8Array(trials));
  for (let i = 0; i < trials; i++) {
    const difficulty = random.uniform();
    for (const [k, row] of rows.entries()) row[i] = random.chance(chanceOfRight(k, difficulty)) ? 1 : 0;
  }
  return rows;
}

function consistencyRows(simulations: number): readonly ReportRow[] {
  const expectation: ExpectedConsistency = { accuracies: [0.75, 0.8], kappa: 0.4 };
  const trials = 160;
  const planned = trialsForPrecision(expectation, 0.1);
  const mean = consistencyOfObservers(
    [0, 1, 2, 3, 4].map((observer) => (difficulty) => chanceOfRight(observer, difficulty)),
    (of) => integrate(of, 0, 1),
  );
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
      tolerance: 0.0015,
      detail: `${planned} trials for accuracies .75 and .8, kappa .4`,
    }),
  ];
}
