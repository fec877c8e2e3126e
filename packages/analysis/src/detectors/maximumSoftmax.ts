/**
 * The largest probability (Hendrycks and Gimpel 2017, "A baseline for detecting misclassified and out-of-distribution examples"). It
 * must fail on images that were evolved for exactly that number, and shows by how much.
 */
import { type Detector, overRows } from "./detector.ts";

export const maximumSoftmax: Detector = {
  id: "maximum-softmax",
  label: "Maximum softmax",
  description: "The network's own confidence: the largest of its probabilities.",
  source: "Hendrycks and Gimpel 2017",
  async score(classifier, images, signal) {
    const { probabilities, classes } = await classifier.predict(images, signal);
    return overRows(probabilities, classes, (row) => Math.max(...row));
  },
};
