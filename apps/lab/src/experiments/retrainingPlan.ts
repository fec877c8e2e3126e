/** Sets up a retraining study from an experiment's options, and describes its networks in tables and figures. */
import { medianInterval } from "@pareidolia/analysis/medianInterval";
import { splitImages } from "@pareidolia/classifiers/data/labelledImages";
import { getOwnModel } from "@pareidolia/classifiers/training/ownModels";
import type { TrainingRecipe } from "@pareidolia/classifiers/training/trainingRecipe";
import { readModelCard } from "@pareidolia/classifiers/zoo/modelCard";
import { cppnEncoding } from "@pareidolia/encodings/cppn/cppnEncoding";
import type { ReportRow } from "../report.ts";
import type { ExperimentOptions, Figure } from "./experiment.ts";
import { offspring } from "./mapElitesExperiment.ts";
import { networkMedian, runMedians, type StudiedNetwork } from "./retrainedNetwork.ts";

export interface RetrainingPlan {
  readonly model: string;
  readonly runs: number;
  readonly generations: number;
  /** Number of the data set's images in a training set. */
  readonly fitted: number;
  /** Overrides of the model's recipe. */
  readonly training: Partial<TrainingRecipe>;
  /** Number of fooling images in a training set, including repeats, per image of the data set. */
  readonly weight: number;
}

/** The results of the study of one data set. */
export interface RetrainingPart {
  readonly lines: readonly (readonly string[])[];
  readonly rows: readonly ReportRow[];
  readonly figures: readonly Figure[];
  /** The last generation of each run. */
  readonly generations: number;
}

const preset = "released-code";

export async function openStudy(plan: RetrainingPlan, options: ExperimentOptions) {
  const { models, cacheFolder, presets, generations, seeds, keep, onProgress } = options;
  const model = getOwnModel(plan.model);
  const all = await model.dataSet.read({ cacheFolder });
  const data = { ...all, fitted: splitImages(all.fitted, plan.fitted)[0] };
  return {
    model,
    first: await models.open(plan.model),
    firstTestError: readModelCard(plan.model).testError,
    data,
    recipe: { ...model.recipe, ...plan.training },
    encoding: cppnEncoding,
    parameters: cppnEncoding.presets.find(({ id }) => id === (presets?.[0] ?? preset))?.values ?? {},
    generations: generations ?? plan.generations,
    offspring,
    seed: seeds?.[0] ?? 1,
    keep,
    onProgress,
  };
}

export const retrainingHead = [
  "data",
  "network",
  "median",
  "95% interval",
  ">= .99",
  "test error",
  "share of the fooling class",
  "fooling images",
  "error on held-out fooling images",
];

export function describeNetwork(data: string, name: string, network: StudiedNetwork): readonly string[] {
  const all = network.confidences.flat();
  const sure = all.filter((value) => value >= 0.99).length / all.length;
  return [
    data,
    name,
    networkMedian(network).toFixed(5),
    intervalWords(network),
    percent(sure),
    percent(network.testError),
    percent(network.share),
    String(network.foolingImages),
    network.foolingError === null ? "–" : percent(network.foolingError),
  ];
}

/** 95% interval of the median over the runs against one network; empty for too few runs. */
function intervalWords(network: StudiedNetwork): string {
  const interval = medianInterval(runMedians(network));
  return interval === null ? "" : `${interval.low.toFixed(5)} to ${interval.high.toFixed(5)}`;
}

export function scaleWords({ model, fitted, training }: RetrainingPlan, generations: number): string {
  const { epochs } = { ...getOwnModel(model).recipe, ...training };
  return `runs of ${generations} generations against each network, training for ${epochs} epochs of ${fitted} images`;
}

export function examplesFigure(title: string, network: StudiedNetwork): Figure {
  return {
    kind: "images",
    title,
    caption: "The elites of one run.",
    images: network.examples.map(({ image, niche, confidence }) => ({ image, caption: `class ${niche}: ${confidence.toFixed(4)}` })),
  };
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(2)}%`;
}
