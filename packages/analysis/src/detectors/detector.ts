/**
 * A detector gives each image one score: the higher, the more the image is like those that the network was trained on. Those that are
 * defined by a network's own logits judge each crop of an image by itself, and the image's score is their mean: the mean of softmaxes,
 * by which such an image is labelled, has no logits and no energy. Maximum softmax takes just that mean.
 */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { FloatImage } from "@pareidolia/core/image";

/** What a network is shown of one image: the image alone, or its crops. Each has the network's own size. */
export type Views = readonly FloatImage[];

export interface Detector {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly source: string;
  /** One score an image, in their order. All have as many views, and those of all images are in memory at once. */
  score(classifier: DifferentiableClassifier, images: readonly Views[], signal?: AbortSignal): Promise<Float64Array>;
}

/** One number from each view's row of logits or probabilities. */
export function overRows(values: Float32Array, classes: number, reduce: (row: Float32Array) => number): Float64Array {
  return Float64Array.from({ length: values.length / classes }, (_, view) => reduce(values.subarray(view * classes, (view + 1) * classes)));
}

/** The mean of each image's views, from one number a view. */
export function meanOfViews(scores: Float64Array, images: number): Float64Array {
  const views = scores.length / images;
  return Float64Array.from({ length: images }, (_, image) => {
    let sum = 0;
    for (let view = 0; view < views; view++) sum += scores[image * views + view] as number;
    return sum / views;
  });
}

/** log(sum of exp(value / temperature)), with the largest taken out first so that nothing overflows. */
export function logSumExp(row: Float32Array, temperature: number): number {
  const largest = Math.max(...row) / temperature;
  let sum = 0;
  for (const value of row) sum += Math.exp(value / temperature - largest);
  return largest + Math.log(sum);
}
