/** Retraining on CIFAR-10, which replaces ImageNet: networks with an over-represented fooling class against as many without it. */
import { shiftInterval } from "@pareidolia/analysis/shiftInterval";
import { median } from "@pareidolia/evolution/statistics";
import { intervalRow, medianRow } from "../findings.ts";
import type { ReportRow } from "../report.ts";
import type { Budget, ExperimentOptions } from "./experiment.ts";
import { networkMedian, type StudiedNetwork } from "./retrainedNetwork.ts";
import { type RetrainedPairs, retrainPairs } from "./retrainedPairs.ts";
import {
  describeNetwork,
  examplesFigure,
  openStudy,
  percent,
  type RetrainingPart,
  type RetrainingPlan,
  scaleWords,
} from "./retrainingPlan.ts";

interface Cifar10Plan extends RetrainingPlan {
  readonly pairs: number;
  readonly foolingRuns: number;
}

/** A class seven times as large as each of the other ten, the paper's ratio on ImageNet. */
const sevenFold = 7 / 10;

/** A 95% interval needs at least four networks against four to exclude 0. */
const plans: Readonly<Record<Budget, Cifar10Plan>> = {
  quick: {
    model: "small-cifar10",
    pairs: 4,
    foolingRuns: 5,
    runs: 4,
    generations: 60,
    fitted: 6_000,
    training: { epochs: 4 },
    weight: sevenFold,
  },
  full: {
    model: "small-cifar10",
    pairs: 8,
    foolingRuns: 30,
    runs: 10,
    generations: 200,
    fitted: 18_000,
    training: {},
    weight: sevenFold,
  },
};

export async function studyCifar10(options: ExperimentOptions): Promise<RetrainingPart> {
  const plan = plans[options.budget];
  const study = await openStudy(plan, options);
  const pairs = await retrainPairs({ ...study, pairs: plan.pairs, foolingRuns: plan.foolingRuns, runs: plan.runs, weight: plan.weight });
  const { name } = study.model.dataSet;
  const [retrained] = pairs.retrained;
  return {
    generations: study.generations,
    lines: [
      describeNetwork(name, "DNN_1", pairs.first),
      ...pairs.retrained.map((network, index) => describeNetwork(name, `DNN_2, pair ${index + 1}`, network)),
      ...pairs.controls.map((network, index) => describeNetwork(name, `control, pair ${index + 1}`, network)),
    ],
    rows: judgePairs(pairs, `${plan.runs} ${scaleWords(plan, study.generations)}`),
    figures: retrained === undefined ? [] : [examplesFigure(`Images that fool a DNN_2 on ${name}`, retrained)],
  };
}

/** Each network counts once, with its median over the runs. */
export function judgePairs({ first, retrained, controls }: RetrainedPairs, scale: string): readonly ReportRow[] {
  const [after, before] = [retrained.map(networkMedian), controls.map(networkMedian)];
  const fall = shiftInterval(before, after);
  const share = percent(median(retrained.map(({ share: ofOne }) => ofOne)));
  const what = `fall of the confidence that evolution reaches, due to a fooling class of ${share} of the training set; ${before.length} networks with the class and ${before.length} without, ${scale}`;
  const detail = `without ${list(before)}, test error ${errors(controls)}; with ${list(after)}, test error ${errors(retrained)}; DNN_1, with full training: ${networkMedian(first).toFixed(4)}`;
  return [
    intervalRow({
      id: "retraining.cifar10.fall",
      what: `${what} (Hodges-Lehmann estimate)`,
      ...fall,
      unit: "networks of each kind",
      units: before.length,
      detail,
    }),
    medianRow({
      id: "retraining.cifar10.control",
      what: "confidence that evolution reaches against networks trained without the class, median over the networks",
      values: before,
      unit: "networks",
    }),
  ];
}

function list(medians: readonly number[]): string {
  return medians.map((value) => value.toFixed(4)).join(", ");
}

function errors(networks: readonly StudiedNetwork[]): string {
  const all = networks.map(({ testError }) => testError);
  return `${percent(Math.min(...all))} to ${percent(Math.max(...all))}`;
}
