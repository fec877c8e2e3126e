/**
 * The largest probability (Hendrycks and Gimpel 2017, "A baseline for detecting misclassified and out-of-distribution examples"). It
 * must fail on images that were evolved for exactly this value, and serves as the baseline. For several views it is the maximum of
 * the mean softmax, as in a search, not the mean of the maxima.
 */
import { type Detector, overRows } from "./detector.ts";

export const maximumSoftmax: Detector = {
  id: "maximum-softmax",
  label: "Maximum softmax",
  description: "The network's own confidence: the largest of its probabilities.",
  source: "Hendrycks and Gimpel 2017",
  async score(classifier, images, signal) {
    const { probabilities, classes } = await classifier.predict(images.flat(), signal);
    const views = probabilities.length / (classes * images.length);
    return overRows(probabilities, classes * views, (rows) => largestOfMean(rows, classes));
  },
};

function largestOfMean(rows: Float32Array, classes: number): number {
  let largest = 0;
  for (let label = 0; label < classes; label++) {
    let sum = 0;
    for (let at = label; at < rows.length; at += classes) sum += rows[at] as number;
    largest = Math.max(largest, sum);
  }
  return largest / (rows.length / classes);
}
