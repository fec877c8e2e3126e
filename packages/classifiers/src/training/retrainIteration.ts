/**
 * One iteration of the paper's retraining (section 3.6): trains a new network of the same architecture on the data set's classes plus a
 * class of the images that fooled its predecessors. Every tenth fooling image is held out for validation, to select the epoch and to
 * measure the error on the new class.
 */
import { AppError } from "@pareidolia/core/appError";
import type { ByteImage } from "@pareidolia/core/image";
import { heldOutOneIn } from "@pareidolia/core/retrainingChain";
import type { Network } from "@pareidolia/onnx/graphs/network";
import type { DataSetParts } from "../data/dataSet.ts";
import { imagesOfOneClass, joinImages } from "../data/labelledImages.ts";
import { errorRate } from "./errorRate.ts";
import { type BatchProgress, type EpochProgress, type TrainedModel, trainClassifier } from "./trainClassifier.ts";
import type { TrainingRecipe } from "./trainingRecipe.ts";

export interface RetrainingOptions {
  readonly network: (classes: number) => Network;
  readonly data: DataSetParts;
  readonly recipe: TrainingRecipe;
  /** The stored fooling images of all iterations so far. */
  readonly fooling: readonly ByteImage[];
  /** How often an epoch contains each of them, from 1 to 1000; more than once over-represents the class. */
  readonly repeats: number;
  readonly seed: number;
  readonly threads: number;
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
  const { data, fooling, repeats, threads, signal } = options;
  if (fooling.length < heldOutOneIn)
    throw new AppError("INVALID_INPUT", `Retraining needs at least ${heldOutOneIn} fooling images; there are ${fooling.length}.`, {
      field: "fooling",
    });
  if (!Number.isInteger(repeats) || repeats < 1 || repeats > 1000)
    throw new AppError("INVALID_INPUT", "The number of repeats must be a whole number from 1 to 1000.", { field: "repeats" });
  const { shape, classes } = data.fitted;
  const isHeldOut = (index: number): boolean => index % heldOutOneIn === heldOutOneIn - 1;
  const known = imagesOfOneClass(
    fooling.filter((_, index) => !isHeldOut(index)),
    shape,
    classes,
  );
  const heldOut = imagesOfOneClass(
    fooling.filter((_, index) => isHeldOut(index)),
    shape,
    classes,
  );
  const fitted = joinImages([data.fitted, ...Array.from({ length: repeats }, () => known)]);
  const trained = await trainClassifier({
    ...options,
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
