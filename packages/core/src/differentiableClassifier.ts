/** Extends `Classifier` for ascents, attacks and detectors: logits, and gradients with respect to the image. */
import type { Classifier, Scores } from "./classifier.ts";
import type { FloatImage } from "./image.ts";

export interface ScoresWithLogits extends Scores {
  /**
   * Inputs of the softmax, row-major `count` x `classes`. With several crops per image, they are the logarithms of the mean of the crops'
   * softmaxes: suitable for a search, but without the scale of the network's own logits.
   */
  readonly logits: Float32Array;
}

/** The output of the network to differentiate; each has one value per class. */
export type GradientOutput = "logits" | "log-probabilities" | "probabilities";

export interface InputGradients extends ScoresWithLogits {
  /**
   * d(sum over classes of weight x output) / d(pixel), image after image, each in the layout of `FloatImage` and per unit of its
   * range [0, 255].
   */
  readonly gradients: Float32Array;
}

export interface DifferentiableClassifier extends Classifier {
  /** Like `predict`, but also returns the logits. */
  scoreWithLogits(images: readonly FloatImage[], signal?: AbortSignal): Promise<ScoresWithLogits>;
  /**
   * The gradient of a weighted sum of outputs. `weights` has a row per image, row-major `images.length` x `classes`: a one-hot row gives
   * the gradient of one class, +1 and -1 the gradient of a margin.
   * @throws AppError INVALID_INPUT if an image's shape is not `input` or `weights` has another length.
   */
  inputGradients(
    images: readonly FloatImage[],
    request: { readonly of: GradientOutput; readonly weights: Float32Array },
    signal?: AbortSignal,
  ): Promise<InputGradients>;
}
