/** Trains a network of a chain on the fooling class and on the whole data set or its first images. */
import { splitImages } from "@pareidolia/classifiers/data/labelledImages";
import { type OwnModel, ownModels } from "@pareidolia/classifiers/training/ownModels";
import { type RetrainedModel, retrainIteration } from "@pareidolia/classifiers/training/retrainIteration";
import { AppError } from "@pareidolia/core/appError";
import type { TrainStep } from "@pareidolia/evolution/retraining/retrainingChain";

export interface TrainLinkOptions {
  readonly step: TrainStep;
  readonly model: OwnModel;
  readonly epochs: number;
  /** How many images of the data set to use, from its beginning; 0 for all. */
  readonly trainingImages: number;
  readonly cacheFolder: string;
  readonly signal: AbortSignal;
  readonly onBatch: () => void;
}

/** The architecture of the chain's first model; for an uploaded model, the data set's default architecture. */
export function architectureOf(slug: string, dataset: string): OwnModel {
  const own =
    ownModels.find((model) => model.id === slug && model.dataSet.id === dataset) ?? ownModels.find((model) => model.dataSet.id === dataset);
  if (own === undefined) throw new AppError("INVALID_INPUT", `This version cannot train networks on the data set "${dataset}".`);
  return own;
}

export async function trainLink(options: TrainLinkOptions): Promise<RetrainedModel> {
  const { step, model, epochs, trainingImages, signal, onBatch } = options;
  const data = await model.dataSet.read({ cacheFolder: options.cacheFolder });
  const isPart = trainingImages > 0 && trainingImages < data.fitted.count;
  return retrainIteration({
    network: model.network,
    data: { ...data, fitted: isPart ? splitImages(data.fitted, trainingImages)[0] : data.fitted },
    recipe: { ...model.recipe, epochs },
    fooling: step.fooling,
    weight: step.weight,
    seed: step.seed,
    signal,
    onBatch,
  });
}
