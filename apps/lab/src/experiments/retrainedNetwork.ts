/** Shared by the retraining studies: training a network, and fresh evolution against it. */
import { quantile } from "@pareidolia/analysis/quantile";
import type { DataSet } from "@pareidolia/classifiers/data/dataSet";
import { openClassifier } from "@pareidolia/classifiers/engines/openClassifier";
import type { OwnModel } from "@pareidolia/classifiers/training/ownModels";
import { retrainIteration } from "@pareidolia/classifiers/training/retrainIteration";
import type { TrainingRecipe } from "@pareidolia/classifiers/training/trainingRecipe";
import type { Classifier } from "@pareidolia/core/classifier";
import type { EncodingDefinition } from "@pareidolia/core/encoding";
import type { ByteImage } from "@pareidolia/core/image";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import { evolveFreshRuns, type FreshRuns } from "./freshRuns.ts";

export interface RetrainingStudy<G> {
  readonly model: OwnModel;
  /** DNN_1, which has no fooling class. The caller owns it. */
  readonly first: Classifier;
  readonly firstTestError: number;
  readonly data: Awaited<ReturnType<DataSet["read"]>>;
  readonly recipe: TrainingRecipe;
  readonly encoding: EncodingDefinition<G>;
  readonly parameters: Parameters;
  readonly generations: number;
  readonly offspring: number;
  /** How often each fooling image is shown in an epoch, given the network's number (from 2) and the number of fooling images. */
  readonly repeats: (network: number, fooling: number) => number;
  readonly seed: number;
  /** Number of training threads: training reproduces the same weights only with the same number. */
  readonly threads: number;
  readonly onProgress: (line: string) => void;
}

/** A network of a study, and what fresh evolution reaches against it. */
export interface StudiedNetwork extends Pick<FreshRuns, "confidences" | "examples"> {
  readonly testError: number;
  /** The fooling class's share of the training set; 0 for a network without it. */
  readonly share: number;
  readonly foolingImages: number;
  readonly foolingError: number | null;
}

/** One number per run: the classes of a run share ancestors, so the run is the unit. */
export function runMedians({ confidences }: Pick<StudiedNetwork, "confidences">): readonly number[] {
  return confidences.map((run) => quantile(run, 0.5));
}

/** One number per network. */
export function networkMedian(network: Pick<StudiedNetwork, "confidences">): number {
  return quantile(runMedians(network), 0.5);
}

/** Trains a network with the fooling class, evolves runs against it, and closes it. */
export async function studyRetrained<G>(
  study: RetrainingStudy<G>,
  wanted: {
    readonly name: string;
    readonly network: number;
    readonly seed: number;
    readonly fooling: readonly ByteImage[];
    readonly runSeeds: readonly number[];
  },
): Promise<StudiedNetwork & Pick<FreshRuns, "images">> {
  const { model, data, recipe, threads } = study;
  const { name, network, seed, fooling, runSeeds } = wanted;
  const trained = await retrainIteration({
    network: model.network,
    data,
    recipe,
    fooling,
    repeats: study.repeats(network, fooling.length),
    seed,
    threads,
    onEpoch: reportEpochs(study, name),
  });
  const reached = await evolveAgainst(study, await openTrained(study, trained.file, ["fooling"]), { runSeeds, isOurs: true });
  study.onProgress(`${model.id}, ${name}: ${summarise(reached, trained.testError)}`);
  const { testError, share, foolingError } = trained;
  return { ...reached, testError, share, foolingError, foolingImages: fooling.length };
}

export function openTrained<G>({ model, data }: RetrainingStudy<G>, file: Uint8Array, more: readonly string[]): Promise<Classifier> {
  const { width, height, channels } = data.fitted.shape;
  return openClassifier({
    file,
    labels: [...model.dataSet.labels, ...more],
    preprocessing: { width, height, channels, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [1] },
  });
}

export async function evolveAgainst<G>(
  { model, encoding, parameters, generations, offspring }: RetrainingStudy<G>,
  classifier: Classifier,
  { runSeeds, isOurs }: { readonly runSeeds: readonly number[]; readonly isOurs: boolean },
): Promise<FreshRuns> {
  const classes = model.dataSet.labels.length;
  try {
    return await evolveFreshRuns({ classifier, classes, encoding, parameters, seeds: runSeeds, generations, offspring });
  } finally {
    if (isOurs) await classifier.dispose();
  }
}

/** Seeds of runs, unique to this place in the study. */
export function runSeedsOf({ seed }: { readonly seed: number }, place: number, runs: number): readonly number[] {
  return Array.from({ length: runs }, (_, run) => seed * 1_000_000 + place * 10_000 + run);
}

export function summarise(reached: Pick<FreshRuns, "confidences">, testError: number): string {
  const medians = runMedians(reached).map((value) => value.toFixed(5));
  return `test error ${(100 * testError).toFixed(2)}%, medians of fresh runs ${medians.join(", ")}`;
}

export function reportEpochs<G>({ model, onProgress }: RetrainingStudy<G>, name: string) {
  return ({ epoch, meanLoss }: { readonly epoch: number; readonly meanLoss: number }): void =>
    onProgress(`${model.id}, ${name}: epoch ${epoch}, mean loss ${meanLoss.toFixed(4)}`);
}
