/** Measures a network's speed on this worker, for its report, with a batch of noise after a warm-up batch. */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { pixelCount } from "@pareidolia/core/image";
import { Purpose, Random } from "@pareidolia/core/random";

export interface ClassifierSpeed {
  readonly engine: string;
  /** Images scored per second. */
  readonly scores: number;
  /** Gradients computed per second. */
  readonly gradients: number;
}

const images = 8;
/** Largest difference between 1 and the sum of an image's probabilities. */
const sumTolerance = 1e-3;

export async function measureClassifier(
  classifier: DifferentiableClassifier,
  signal?: AbortSignal,
): Promise<ClassifierSpeed & { readonly hasProbabilities: boolean }> {
  const { input, labels } = classifier;
  const random = new Random({ seed: 1, generation: 0, index: 0, purpose: Purpose.NOISE });
  const batch = Array.from({ length: images }, () => ({
    ...input,
    pixels: Float32Array.from({ length: pixelCount(input) }, () => random.uniform() * 255),
  }));
  const weights = new Float32Array(images * labels.length).fill(1);
  const { probabilities } = await classifier.predict(batch, signal);
  const hasProbabilities = batch.every((_, i) => {
    const row = probabilities.subarray(i * labels.length, (i + 1) * labels.length);
    const sum = row.reduce((total, value) => total + value, 0);
    return Math.abs(sum - 1) <= sumTolerance && row.every((value) => value >= 0);
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
    hasProbabilities,
  };
}
