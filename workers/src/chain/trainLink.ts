/** Trains DNN_i of a chain on the data set, or its first images, and one class for the images that fooled DNN_1 to DNN_(i - 1). */
import { splitImages } from "@pareidolia/classifiers/data/labelledImages";
import { type OwnModel, ownModels } from "@pareidolia/classifiers/training/ownModels";
import { type RetrainedModel, retrainIteration } from "@pareidolia/classifiers/training/retrainIteration";
import { AppError } from "@pareidolia/core/appError";
import type { ByteImage } from "@pareidolia/core/image";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import { foolingRepeats } from "@pareidolia/core/retrainingChain";

export interface TrainLinkOptions {
  readonly model: OwnModel;
  readonly parameters: Parameters;
  readonly fooling: readonly ByteImage[];
  readonly seed: number;
  readonly cacheFolder: string;
  readonly threads: number;
  readonly signal: AbortSignal;
  readonly onBatch: () => void;
}

const seeds = 2 ** 31;

/** The architecture of the chain's first model; for an uploaded model, the data set's usual one. */
export function architectureOf(slug: string, dataset: string): OwnModel {
  const own =
    ownModels.find((model) => model.id === slug && model.dataSet.id === dataset) ?? ownModels.find((model) => model.dataSet.id === dataset);
  if (own === undefined) throw new AppError("INVALID_INPUT", `This version trains no network on the data set "${dataset}".`);
  return own;
}

export async function trainLink(options: TrainLinkOptions): Promise<RetrainedModel> {
  const { model, parameters, fooling, threads, signal, onBatch } = options;
  const data = await model.dataSet.read({ cacheFolder: options.cacheFolder });
  const wished = Number(parameters["trainingImages"]);
  const fitted = wished > 0 && wished < data.fitted.count ? splitImages(data.fitted, wished)[0] : data.fitted;
  const share = Number(parameters["foolingShare"]);
  return retrainIteration({
    network: model.network,
    data: { ...data, fitted },
    recipe: { ...model.recipe, epochs: Number(parameters["epochs"]) },
    fooling,
    repeats: foolingRepeats({ weight: share / (1 - share), dataImages: fitted.count, foolingImages: fooling.length }),
    seed: options.seed % seeds,
    threads,
    signal,
    onBatch,
  });
}
