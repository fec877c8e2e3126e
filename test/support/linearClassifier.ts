/** A classifier without a network: one random weight a pixel and class, softmax over the sums. Deterministic by its seed. */
import type { Classifier, Scores } from "@pareidolia/core/classifier";
import { type FloatImage, type ImageShape, pixelCount } from "@pareidolia/core/image";
import { Purpose, Random } from "@pareidolia/core/random";

export interface LinearClassifierOptions {
  readonly input: ImageShape;
  readonly classes: number;
  readonly seed?: number;
  /** Awaited in each prediction before its images are read, with its number from 0: lets a test delay, reorder or fail results. */
  readonly duringPredict?: (call: number) => Promise<void> | void;
}

export function createLinearClassifier({ input, classes, seed = 1, duringPredict }: LinearClassifierOptions): Classifier {
  const size = pixelCount(input);
  const random = new Random({ seed, generation: 0, index: 0, purpose: Purpose.TRAIN });
  const weights = Float32Array.from({ length: classes * size }, () => (random.uniform() - 0.5) / 16);
  let calls = 0;

  function score(image: FloatImage, row: Float32Array): void {
    const sums = Array.from({ length: classes }, (_, c) =>
      image.pixels.reduce((sum, p, i) => sum + (p / 16) * (weights[c * size + i] as number), 0),
    );
    const largest = Math.max(...sums);
    const exponentials = sums.map((sum) => Math.exp(sum - largest));
    const total = exponentials.reduce((a, b) => a + b, 0);
    row.set(exponentials.map((e) => e / total));
  }

  return {
    modelHash: `linear-${classes}-${size}-${seed}`,
    input,
    labels: Array.from({ length: classes }, (_, c) => String(c)),
    engine: "linear, for tests",
    async predict(images, signal): Promise<Scores> {
      signal?.throwIfAborted();
      const call = calls++;
      const probabilities = new Float32Array(images.length * classes);
      await duringPredict?.(call); // before reading, so that a buffer that is reused too early shows
      for (const [i, image] of images.entries()) score(image, probabilities.subarray(i * classes, (i + 1) * classes));
      return { count: images.length, classes, probabilities };
    },
    async dispose() {},
  };
}
