/** What ascents, attacks and detectors need of a network beyond `Classifier`: its logits, and gradients with respect to the image. */
import type { Classifier, Scores } from "./classifier.ts";
import type { FloatImage } from "./image.ts";

export interface ScoresWithLogits extends Scores {
  /**
   * What softmax is taken of, row-major `count` x `classes`. Where an image is framed in several crops these are the logarithms of the
   * mean of their softmaxes: right for a search, but without the scale of the network's own logits.
   */
  readonly logits: Float32Array;
}

/** Which of the network's outputs a gradient is taken of; each has one value a class. */
export type GradientOutput = "logits" | "log-probabilities" | "probabilities";

export interface InputGradients extends ScoresWithLogits {
  /**
   * d(sum over classes of weight x output) / d(pixel), image after image, each in the layout of `FloatImage` and per unit of its
   * range [0, 255].
   */
  readonly gradients: Float32Array;
}

export interface DifferentiableClassifier extends Classifier {
  /** Like `predict`, with the logits. */
  scoreWithLogits(images: readonly FloatImage[], signal?: AbortSignal): Promise<ScoresWithLogits>;
  /**
   * The gradient of a weighted sum of outputs, each image with weights of its own: row-major `images.length` x `classes`. One-hot
   * rows ask for one class; +1 and -1 for a margin.
   * @throws AppError INVALID_INPUT when an image's shape is not `input` or `weights` has another length.
   */
  inputGradients(
    images: readonly FloatImage[],
    request: { readonly of: GradientOutput; readonly weights: Float32Array },
    signal?: AbortSignal,
  ): Promise<InputGradients>;
}
