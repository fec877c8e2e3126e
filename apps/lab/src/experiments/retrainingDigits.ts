/** Retraining on MNIST: a chain of LeNets; evolution should still reach the paper's 99.99% against each (section 3.6, Figure 11). */
import { paperFoolingShare, weightOfShare } from "@pareidolia/core/retrainingChain";
import { judge, type ReportRow } from "../report.ts";
import type { Budget, ExperimentOptions } from "./experiment.ts";
import { networkMedian, runMedians } from "./retrainedNetwork.ts";
import { type ChainLink, retrainChain } from "./retrainingChain.ts";
import {
  describeNetwork,
  examplesFigure,
  intervalWords,
  openStudy,
  percent,
  type RetrainingPart,
  type RetrainingPlan,
  scaleWords,
} from "./retrainingPlan.ts";

interface DigitPlan extends RetrainingPlan {
  readonly networks: number;
  readonly largestTestError: number;
}

const paperConfidence = 0.9999;
const weight = weightOfShare(paperFoolingShare);

/**
 * The chain that the product runs by its preset "The paper's", with fewer runs: each fooling image is shown several times, so that the class
 * has the same share of every training set. The paper has 6,000 fooling images beside 60,000 digits for DNN_2, and 1,000 more for each
 * later network.
 */
const plans: Readonly<Record<Budget, DigitPlan>> = {
  quick: {
    model: "lenet",
    networks: 4,
    runs: 3,
    generations: 200,
    fitted: 55_000,
    // A short training also decays its learning rate to 0, which brings it nearly as far as the long one.
    training: { schedule: "linear", learningRate: 0.02, epochs: 2 },
    weight,
    largestTestError: 0.02,
  },
  full: {
    model: "lenet",
    networks: 4,
    runs: 30,
    generations: 200,
    fitted: 55_000,
    training: {},
    weight,
    largestTestError: 0.0125,
  },
};

export async function studyDigits(options: ExperimentOptions): Promise<RetrainingPart> {
  const plan = plans[options.budget];
  const study = await openStudy(plan, options);
  const links = Array.from({ length: plan.networks }, () => ({ runs: plan.runs, weight: plan.weight }));
  const { networks } = await retrainChain({ ...study, links });
  const { name } = study.model.dataSet;
  const last = networks.at(-1);
  return {
    lines: networks.map((link) => describeNetwork(name, nameOf(link), link)),
    rows: judgeDigits(networks, plan, `${plan.runs} ${scaleWords(plan, study.generations)}`),
    figures: [
      {
        kind: "curves",
        title: `Retraining on ${name}`,
        caption: "What fresh evolution reaches against each network, and how often the network errs on the data set's own test images.",
        x: "network",
        y: "share",
        series: [
          { name: "median confidence", points: networks.map((link) => [link.network, networkMedian(link)] as const) },
          { name: "test error", points: networks.map((link) => [link.network, link.testError] as const) },
        ],
      },
      ...(last === undefined ? [] : [examplesFigure(`Images that fool DNN_${last.network} on ${name}`, last)]),
    ],
  };
}

function nameOf({ network }: ChainLink): string {
  return `DNN_${network}`;
}

export function judgeDigits(
  [first, ...later]: readonly ChainLink[],
  { largestTestError }: Pick<DigitPlan, "largestTestError">,
  scale: string,
): readonly ReportRow[] {
  if (first === undefined) return [];
  const names = `DNN_2 to DNN_${later.length + 1}`;
  const medians = (link: ChainLink): string =>
    runMedians(link)
      .map((value) => value.toFixed(4))
      .join(", ");
  return [
    judge({
      id: "retraining.mnist.median",
      finding: true,
      what: `median over runs of the median confidence that fresh evolution reaches against ${names}, the lowest; ${scale}`,
      figure: Math.min(...later.map(networkMedian)),
      bar: { atLeast: paperConfidence },
      detail: [first, ...later]
        .map((link) => `${nameOf(link)}: ${networkMedian(link).toFixed(5)} (${intervalWords(link)}; runs ${medians(link)})`)
        .join("; "),
    }),
    judge({
      id: "retraining.mnist.test-error",
      what: `test error of ${names}, the largest`,
      figure: Math.max(...later.map(({ testError }) => testError)),
      bar: { below: largestTestError },
      detail: [first, ...later].map((link) => `${nameOf(link)}: ${percent(link.testError)}`).join(", "),
    }),
  ];
}
