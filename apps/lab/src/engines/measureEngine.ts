/** Measures an engine's speed on LeNet, and returns its results for comparison: forward with 200 images, input gradients with 64. */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { type FloatImage, pixelCount } from "@pareidolia/core/image";
import { Purpose, Random } from "@pareidolia/core/random";

export interface EngineResults {
  readonly probabilities: Float32Array;
  readonly gradients: Float32Array;
}

export interface EngineFigures {
  readonly imagesPerSecond: number;
  readonly gradientsPerSecond: number;
  readonly results: EngineResults;
}

const forwardBatch = 200;
const gradientBatch = 64;
/** Minimum duration of each measurement in milliseconds. A measurement has at least one call. */
const minimumDuration = 1000;

/** The same computations as in `measureEngine`, one image at a time. */
export async function computeOneByOne(classifier: DifferentiableClassifier): Promise<EngineResults> {
  const { images, weights } = drawInputs(classifier);
  const classes = classifier.labels.length;
  const scores = await Promise.all(images.map((image) => classifier.predict([image])));
  const gradients = await Promise.all(
    images
      .slice(0, gradientBatch)
      .map((image, index) =>
        classifier.inputGradients([image], { of: "logits", weights: weights.slice(index * classes, (index + 1) * classes) }),
      ),
  );
  return {
    probabilities: Float32Array.from(scores.flatMap(({ probabilities }) => [...probabilities])),
    gradients: Float32Array.from(gradients.flatMap((one) => [...one.gradients])),
  };
}

export async function measureEngine(classifier: DifferentiableClassifier): Promise<EngineFigures> {
  const { images, weights } = drawInputs(classifier);
  const request = { of: "logits", weights } as const;
  const { probabilities } = await classifier.predict(images);
  const { gradients } = await classifier.inputGradients(images.slice(0, gradientBatch), request);
  return {
    imagesPerSecond: (await callsPerSecond(() => classifier.predict(images))) * forwardBatch,
    gradientsPerSecond: await callsPerSecond(() => classifier.inputGradients(images.slice(0, gradientBatch), request)),
    results: { probabilities, gradients },
  };
}

function drawInputs(classifier: DifferentiableClassifier): { readonly images: FloatImage[]; readonly weights: Float32Array } {
  const weights = drawValues(gradientBatch * classifier.labels.length).map((value) => value - 0.5);
  return { images: noise(classifier, forwardBatch), weights };
}

/** The rate of the fastest call. */
async function callsPerSecond(call: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  let best = Number.POSITIVE_INFINITY;
  do {
    const start = performance.now();
    await call();
    best = Math.min(best, performance.now() - start);
  } while (performance.now() - began < minimumDuration);
  return 1000 / best;
}

export function largestDifference(left: Float32Array, right: Float32Array): number {
  return left.reduce((largest, value, index) => Math.max(largest, Math.abs(value - (right[index] ?? Number.NaN))), 0);
}

/** |left - right| / |right|. */
export function relativeDistance(left: Float32Array, right: Float32Array): number {
  const squares = (values: Float32Array): number => values.reduce((sum, value) => sum + value * value, 0);
  return Math.sqrt(squares(left.map((value, index) => value - (right[index] ?? Number.NaN))) / squares(right));
}

function noise({ input }: DifferentiableClassifier, count: number): FloatImage[] {
  const size = pixelCount(input);
  const values = drawValues(count * size);
  return Array.from({ length: count }, (_, index) => ({
    ...input,
    pixels: values.slice(index * size, (index + 1) * size).map((value) => 255 * value),
  }));
}

function drawValues(count: number): Float32Array {
  const random = new Random({ seed: 1, generation: 0, index: 0, purpose: Purpose.NOISE });
  return Float32Array.from({ length: count }, () => random.uniform());
}
