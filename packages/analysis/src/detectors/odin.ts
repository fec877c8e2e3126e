/**
 * ODIN (Liang, Li and Srikant 2018, section 3): the softmax of logits divided by a temperature of 1,000, after a small step on the
 * image that raises it: x + epsilon sign(d log S / dx), where S is the largest of these softmaxes. The gradient of log S has the weights
 * (one-hot of the top class - softmax) / T over the logits, and 1/T does not change the sign. Epsilon .0014 refers to images with values
 * from 0 to 1.
 */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { FloatImage } from "@pareidolia/core/image";
import { topClass } from "@pareidolia/core/topClass";
import { type Detector, logSumExp, meanOfViews, overRows } from "./detector.ts";

const temperature = 1000;
const epsilon = 0.0014 * 255;
/** Number of views whose gradients are in memory at once. */
const batchSize = 64;

export const odin: Detector = {
  id: "odin",
  label: "ODIN",
  description: "Confidence at a high temperature, after a small step on the image that raises it.",
  source: "Liang, Li and Srikant 2018",
  async score(classifier, images, signal) {
    const views = images.flat();
    const scores = new Float64Array(views.length);
    for (let start = 0; start < views.length; start += batchSize) {
      const stepped = await stepUp(classifier, views.slice(start, start + batchSize), signal);
      const { logits, classes } = await classifier.scoreWithLogits(stepped, signal);
      scores.set(overRows(logits, classes, largestTempered), start);
    }
    return meanOfViews(scores, images.length);
  },
};

async function stepUp(
  classifier: DifferentiableClassifier,
  views: readonly FloatImage[],
  signal: AbortSignal | undefined,
): Promise<readonly FloatImage[]> {
  const { logits, classes } = await classifier.scoreWithLogits(views, signal);
  const weights = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += classes) {
    const row = logits.subarray(start, start + classes);
    const total = logSumExp(row, temperature);
    for (const [label, logit] of row.entries()) weights[start + label] = -Math.exp(logit / temperature - total);
    const top = start + topClass(row);
    weights[top] = (weights[top] as number) + 1;
  }
  const { gradients } = await classifier.inputGradients(views, { of: "logits", weights }, signal);
  let place = 0;
  return views.map((view) => ({
    ...view,
    pixels: view.pixels.map((value) => Math.min(255, Math.max(0, value + epsilon * Math.sign(gradients[place++] as number)))),
  }));
}

function largestTempered(row: Float32Array): number {
  return Math.exp(Math.max(...row) / temperature - logSumExp(row, temperature));
}
