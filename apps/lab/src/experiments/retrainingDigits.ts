/** Retraining on MNIST: a chain of LeNets; evolution should still reach the paper's 99.99% against each (section 3.6, Figure 11). */
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

/** The paper: 6,000 images beside MNIST's 60,000 for DNN_2, then 1,000 more for each. */
const paperWeight = (network: number): number => (6000 + 1000 * (network - 2)) / 60_000;
const paperConfidence = 0.9999;

/** The paper has 300 runs for DNN_2; here there are fewer, and each image is shown several times, so that the class weighs as much. */
const plans: Readonly<Record<Budget, DigitPlan>> = {
  quick: {
    model: "lenet",
    networks: 4,
    runs: 3,
    generations: 200,
    fitted: 55_000,
    // A short training also decays its learning rate to 0, which brings it nearly as far as the long one.
    training: { schedule: "linear", learningRate: 0.02, epochs: 2 },
    weight: paperWeight,
    largestTestError: 0.02,
  },
  full: {
    model: "lenet",
    networks: 4,
    runs: 30,
    generations: 200,
    fitted: 55_000,
    training: {},
    weight: paperWeight,
    largestTestError: 0.0125,
  },
};

export async function studyDigits(options: ExperimentOptions): Promise<RetrainingPart> {
  const plan = plans[options.budget];
  const study = await openStudy(plan, options);
  const links = await retrainChain({ ...study, networks: plan.networks, runs: plan.runs });
  const { name } = study.model.dataSet;
  const last = links.at(-1);
  return {
    lines: links.map((link) => describeNetwork(name, nameOf(link), link)),
    rows: judgeDigits(links, plan, `${plan.runs} ${scaleWords(plan, study.generations)}`),
    figures: [
      {
        kind: "curves",
        title: `Retraining on ${name}`,
        caption: "What fresh evolution reaches against each network, and how often the network errs on the data set's own test images.",
        x: "network",
        y: "share",
        series: [
          { name: "median confidence", points: links.map((link) => [link.network, networkMedian(link)] as const) },
          { name: "test error", points: links.map((link) => [link.network, link.testError] as const) },
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
