/** Retraining on MNIST: a chain of LeNets; evolution should still reach the paper's 99.99% against each (section 3.6, Figure 11). */
import { paperFoolingShare, weightOfShare } from "@pareidolia/core/retrainingChain";
import { medianRow } from "../findings.ts";
import { judge, type ReportRow } from "../report.ts";
import type { Budget, ExperimentOptions } from "./experiment.ts";
import { networkMedian, runMedians } from "./retrainedNetwork.ts";
import { type ChainLink, retrainChain } from "./retrainingChain.ts";
import {
  describeNetwork,
  examplesFigure,
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

const weight = weightOfShare(paperFoolingShare);
/** DNN_1 and six retrained networks, the fewest for a 95% interval of the median over networks. */
const chainLength = 7;

/**
 * The chain of the product's preset "The paper's", with fewer runs: training repeats each fooling image, so that the class has the same
 * share of every training set. The paper has 6,000 fooling images with 60,000 digits for DNN_2, and 1,000 more for each later network.
 */
const plans: Readonly<Record<Budget, DigitPlan>> = {
  quick: {
    model: "lenet",
    networks: chainLength,
    runs: 3,
    generations: 200,
    fitted: 55_000,
    // The short training also decays its learning rate to 0, for nearly the same test error.
    training: { schedule: "linear", learningRate: 0.02, epochs: 2 },
    weight,
    largestTestError: 0.02,
  },
  full: {
    model: "lenet",
    networks: chainLength,
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
    generations: study.generations,
    lines: networks.map((link) => describeNetwork(name, nameOf(link), link)),
    rows: judgeDigits(networks, plan, `${plan.runs} ${scaleWords(plan, study.generations)}`),
    figures: [
      {
        kind: "curves",
        title: `Retraining on ${name}`,
        caption:
          "The median confidence that fresh runs reach against each network, and the network's error on the test images of the data set.",
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
    medianRow({
      id: "retraining.mnist.median",
      what: `confidence that fresh runs reach: median over the digits and runs against a network, median over ${names}; ${scale}`,
      values: later.map(networkMedian),
      unit: "retrained networks",
      detail: [first, ...later].map((link) => `${nameOf(link)}: ${networkMedian(link).toFixed(5)} (runs ${medians(link)})`).join("; "),
    }),
    judge({
      id: "retraining.mnist.test-error",
      what: `test error, highest of ${names}`,
      figure: Math.max(...later.map(({ testError }) => testError)),
      bar: { below: largestTestError },
      detail: [first, ...later].map((link) => `${nameOf(link)}: ${percent(link.testError)}`).join(", "),
    }),
  ];
}
