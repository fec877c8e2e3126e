/** A detector gives each image one score: the higher, the more the image is like those that the network was trained on. */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { FloatImage } from "@pareidolia/core/image";

export interface Detector {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly source: string;
  score(classifier: DifferentiableClassifier, images: readonly FloatImage[], signal?: AbortSignal): Promise<Float64Array>;
}

/** One number from each image's row of logits or probabilities. */
export function overRows(values: Float32Array, classes: number, reduce: (row: Float32Array) => number): Float64Array {
  return Float64Array.from({ length: values.length / classes }, (_, image) =>
    reduce(values.subarray(image * classes, (image + 1) * classes)),
  );
}

/** log(sum of exp(value / temperature)), with the largest taken out first so that nothing overflows. */
export function logSumExp(row: Float32Array, temperature: number): number {
  const largest = Math.max(...row) / temperature;
  let sum = 0;
  for (const value of row) sum += Math.exp(value / temperature - largest);
  return largest + Math.log(sum);
}
