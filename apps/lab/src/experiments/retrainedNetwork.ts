/** A network of a retraining study, and the confidence that fresh runs reach against it. */
import { quantile } from "@pareidolia/analysis/quantile";
import type { DataSet } from "@pareidolia/classifiers/data/dataSet";
import { openClassifier } from "@pareidolia/classifiers/engines/openClassifier";
import type { OwnModel } from "@pareidolia/classifiers/training/ownModels";
import type { TrainingRecipe } from "@pareidolia/classifiers/training/trainingRecipe";
import type { Classifier } from "@pareidolia/core/classifier";
import type { EncodingDefinition } from "@pareidolia/core/encoding";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import { evolveFresh, type FreshElite, type FreshEvolution } from "@pareidolia/evolution/retraining/evolveFresh";
import type { FreshRunsPlan } from "@pareidolia/evolution/retraining/retrainingChain";
import { type Keep, keepNothing } from "../keptResults/keep.ts";

export interface RetrainingStudy {
  readonly model: OwnModel;
  /** DNN_1, which has no fooling class. The caller owns it. */
  readonly first: Classifier;
  readonly firstTestError: number;
  readonly data: Awaited<ReturnType<DataSet["read"]>>;
  readonly recipe: TrainingRecipe;
  readonly encoding: EncodingDefinition<unknown>;
  readonly parameters: Parameters;
  readonly generations: number;
  readonly offspring: number;
  readonly seed: number;
  /** Keeps trained networks and the runs against them. Default: keeps nothing. */
  readonly keep?: Keep | undefined;
  readonly onProgress: (line: string) => void;
}

export interface StudiedNetwork {
  /** On the stored images: one list per run, with one confidence per class. */
  readonly confidences: readonly (readonly number[])[];
  /** The elites of the first run's last generation. */
  readonly examples: readonly Pick<FreshElite, "niche" | "image" | "confidence">[];
  readonly testError: number;
  /** The fooling class's share of the training set; 0 for a network without it. */
  readonly share: number;
  readonly foolingImages: number;
  readonly foolingError: number | null;
}

/** One median per run: the classes of a run share ancestors, so runs are the units. */
export function runMedians({ confidences }: Pick<StudiedNetwork, "confidences">): readonly number[] {
  return confidences.map((run) => quantile(run, 0.5));
}

/** The median over the runs' medians. */
export function networkMedian(network: Pick<StudiedNetwork, "confidences">): number {
  return quantile(runMedians(network), 0.5);
}

export function openTrained({ model, data }: RetrainingStudy, file: Uint8Array, more: readonly string[]): Promise<Classifier> {
  const { width, height, channels } = data.fitted.shape;
  return openClassifier({
    file,
    labels: [...model.dataSet.labels, ...more],
    preprocessing: { width, height, channels, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [1] },
  });
}

/** @param name of the network, unique in the study. */
export function evolveAgainst(
  { model, encoding, parameters, keep = keepNothing }: RetrainingStudy,
  name: string,
  classifier: Classifier,
  plan: FreshRunsPlan,
): Promise<FreshEvolution> {
  return keep(`${model.id}, ${name}, runs`, () =>
    evolveFresh({ plan, classifier, encoding: encoding.create(classifier.input, parameters) }),
  );
}

/** @param name of the network, unique in the study. */
export function trainOnce<Trained>(
  { model, keep = keepNothing }: RetrainingStudy,
  name: string,
  train: () => Promise<Trained>,
): Promise<Trained> {
  return keep(`${model.id}, ${name}, training`, train);
}

export function resultsOf({ runs: [first = [], ...others] }: FreshEvolution): Pick<StudiedNetwork, "confidences" | "examples"> {
  return { confidences: [first, ...others].map((run) => run.map(({ confidence }) => confidence)), examples: first };
}

export function summarise(network: Pick<StudiedNetwork, "confidences" | "testError">): string {
  const medians = runMedians(network).map((value) => value.toFixed(5));
  return `test error ${(100 * network.testError).toFixed(2)}%, medians of fresh runs ${medians.join(", ")}`;
}

export function reportEpochs({ model, onProgress }: RetrainingStudy, name: string) {
  return ({ epoch, meanLoss }: { readonly epoch: number; readonly meanLoss: number }): void =>
    onProgress(`${model.id}, ${name}: epoch ${epoch}, mean loss ${meanLoss.toFixed(4)}`);
}
