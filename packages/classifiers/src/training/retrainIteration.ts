/**
 * One step of the paper's retraining (section 3.6): a new network of the same architecture learns the old classes and one more, the
 * images that fooled its predecessors. Every tenth of those images is held out, to choose the epoch by and to say how well the class
 * is known.
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
  /** Those of all iterations so far, as they are stored. */
  readonly fooling: readonly ByteImage[];
  /** How often each of them is shown in an epoch: above 1, the class is over-represented. */
  readonly repeats: number;
  readonly seed: number;
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
  readonly onEpoch?: ((progress: EpochProgress) => void) | undefined;
  readonly onBatch?: ((progress: BatchProgress) => void) | undefined;
}

export interface RetrainedModel extends TrainedModel {
  /** One more than the data set has; the last is the fooling class. */
  readonly classes: number;
  /** On the data set's own test images; one that is taken for a fooling image counts as wrong. */
  readonly testError: number;
  /** Of the held-out fooling images, those that are not recognised as such. */
  readonly foolingError: number;
  /** Fooling images in the training set, repeats included, over all. */
  readonly share: number;
}

/** @throws AppError INVALID_INPUT for too few images, the signal's reason when aborted. */
export async function retrainIteration(options: RetrainingOptions): Promise<RetrainedModel> {
  const { data, fooling, repeats, threads, signal } = options;
  if (fooling.length < heldOutOneIn)
    throw new AppError("INVALID_INPUT", `Retraining needs at least ${heldOutOneIn} fooling images; there are ${fooling.length}.`, {
      field: "fooling",
    });
  if (!Number.isInteger(repeats) || repeats < 1 || repeats > 1000)
    throw new AppError("INVALID_INPUT", "A fooling image is repeated from 1 to 1000 times.", { field: "repeats" });
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
