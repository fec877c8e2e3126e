/**
 * A detector gives each image a score: the higher, the more the image resembles the network's training images. Detectors based on logits
 * score each crop of an image separately, and the image's score is their mean, because the mean of softmaxes that labels such an image
 * has no logits. Maximum softmax uses that mean of softmaxes.
 */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { FloatImage } from "@pareidolia/core/image";

/** The network's inputs for one image, each of the network's size: the image itself or its crops. */
export type Views = readonly FloatImage[];

export interface Detector {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly source: string;
  /** One score per image, in order. All images must have the same number of views, which are in memory at once. */
  score(classifier: DifferentiableClassifier, images: readonly Views[], signal?: AbortSignal): Promise<Float64Array>;
}

/** Reduces each view's row of logits or probabilities to one number. */
export function overRows(values: Float32Array, classes: number, reduce: (row: Float32Array) => number): Float64Array {
  return Float64Array.from({ length: values.length / classes }, (_, view) => reduce(values.subarray(view * classes, (view + 1) * classes)));
}

/** The mean over each image's views, given one number per view. */
export function meanOfViews(scores: Float64Array, images: number): Float64Array {
  const views = scores.length / images;
  return Float64Array.from({ length: images }, (_, image) => {
    let sum = 0;
    for (let view = 0; view < views; view++) sum += scores[image * views + view] as number;
    return sum / views;
  });
}

/** log(sum of exp(value / temperature)). Subtracts the largest value first to avoid overflow. */
export function logSumExp(row: Float32Array, temperature: number): number {
  const largest = Math.max(...row) / temperature;
  let sum = 0;
  for (const value of row) sum += Math.exp(value / temperature - largest);
  return largest + Math.log(sum);
}
