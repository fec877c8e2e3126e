/**
 * Retrains a network as in section 3.6 of the paper: trains a new network of the same architecture on the data set's classes plus a class of
 * the images that fooled its predecessors.
 */
import { AppError } from "@pareidolia/core/appError";
import { type FoolingSets, foolingRepeats } from "@pareidolia/core/retrainingChain";
import type { Network } from "@pareidolia/onnx/graphs/network";
import type { DataSetParts } from "../data/dataSet.ts";
import { imagesOfOneClass, joinImages } from "../data/labelledImages.ts";
import { errorRate } from "./errorRate.ts";
import { type BatchProgress, type EpochProgress, type TrainedModel, trainClassifier } from "./trainClassifier.ts";
import type { TrainingRecipe } from "./trainingRecipe.ts";

/** Training gives the same weights only with the same number of threads, and a chain gives the same networks on every machine. */
export const trainingThreads = 1;

export interface RetrainingOptions {
  readonly network: (classes: number) => Network;
  readonly data: DataSetParts;
  readonly recipe: TrainingRecipe;
  /** Of all earlier networks, as stored. Those held out choose the epoch and measure how well the class is recognised. */
  readonly fooling: FoolingSets;
  /** Wanted number of fooling images in the training set, repeats included, per image of the data set; above 0. */
  readonly weight: number;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
  readonly onEpoch?: ((progress: EpochProgress) => void) | undefined;
  readonly onBatch?: ((progress: BatchProgress) => void) | undefined;
}

export interface RetrainedModel extends TrainedModel {
  /** The data set's classes and one more, the last: the fooling class. */
  readonly classes: number;
  /** On the data set's test images; those classified as fooling images count as errors. */
  readonly testError: number;
  /** The share of held-out fooling images that are not classified as such. */
  readonly foolingError: number;
  /** The share of fooling images, repeats included, in the training set. */
  readonly share: number;
}

/** @throws AppError INVALID_INPUT for too few fooling images or repeats out of range; the signal's reason when aborted. */
export async function retrainIteration(options: RetrainingOptions): Promise<RetrainedModel> {
  const { data, fooling, weight, signal } = options;
  const threads = trainingThreads;
  if (fooling.trained.length === 0 || fooling.heldOut.length === 0)
    throw new AppError("INVALID_INPUT", "There are too few fooling images to train with some and hold out others.", { field: "fooling" });
  if (!(weight > 0 && Number.isFinite(weight)))
    throw new AppError("INVALID_INPUT", "The weight of the fooling class must be above 0.", { field: "weight" });
  const { shape, classes } = data.fitted;
  const known = imagesOfOneClass(fooling.trained, shape, classes);
  const heldOut = imagesOfOneClass(fooling.heldOut, shape, classes);
  const repeats = foolingRepeats({ weight, dataImages: data.fitted.count, trained: known.count });
  const fitted = joinImages([data.fitted, ...Array.from({ length: repeats }, () => known)]);
  const trained = await trainClassifier({
    ...options,
    threads,
    network: options.network(classes + 1),
    centring: data.centring,
    fitted,
    validation: joinImages([data.validation, heldOut]),
  });
  return {
    ...trained,
    classes: classes + 1,
    testError: await errorRate({ file: trained.file, images: data.test, threads, signal }),
    foolingError: await errorRate({ file: trained.file, images: heldOut, threads, signal }),
    share: (known.count * repeats) / fitted.count,
  };
}
