/** How fast a network answers here, for its report: a batch of noise, after one that warms it up. */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { pixelCount } from "@pareidolia/core/image";
import { Purpose, Random } from "@pareidolia/core/random";

export interface ClassifierSpeed {
  readonly engine: string;
  /** Images a second. */
  readonly scores: number;
  readonly gradients: number;
}

const images = 8;
const largestSum = 1e-3;

/** Throws nothing of its own: a network whose answers are no probabilities is told by `sums`. */
export async function measureClassifier(
  classifier: DifferentiableClassifier,
  signal?: AbortSignal,
): Promise<ClassifierSpeed & { readonly isSound: boolean }> {
  const { input, labels } = classifier;
  const random = new Random({ seed: 1, generation: 0, index: 0, purpose: Purpose.NOISE });
  const batch = Array.from({ length: images }, () => ({
    ...input,
    pixels: Float32Array.from({ length: pixelCount(input) }, () => random.uniform() * 255),
  }));
  const weights = new Float32Array(images * labels.length).fill(1);
  const { probabilities } = await classifier.predict(batch, signal);
  const isSound = batch.every((_, i) => {
    const row = probabilities.subarray(i * labels.length, (i + 1) * labels.length);
    const sum = row.reduce((total, value) => total + value, 0);
    return Math.abs(sum - 1) <= largestSum && row.every((value) => value >= 0);
  });
  const scored = performance.now();
  await classifier.predict(batch, signal);
  const differentiated = performance.now();
  await classifier.inputGradients(batch, { of: "logits", weights }, signal);
  const done = performance.now();
  return {
    engine: classifier.engine,
    scores: (images * 1000) / (differentiated - scored),
    gradients: (images * 1000) / (done - differentiated),
    isSound,
  };
}
