/**
 * A classifier without a network: a random weight per pixel and class, a softmax over the weighted sums, and gradients in closed form.
 * The seed determines the weights.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Scores } from "@pareidolia/core/classifier";
import type { DifferentiableClassifier, GradientOutput } from "@pareidolia/core/differentiableClassifier";
import { type FloatImage, type ImageShape, pixelCount } from "@pareidolia/core/image";
import { Purpose, Random } from "@pareidolia/core/random";

export interface LinearClassifierOptions {
  readonly input: ImageShape;
  readonly classes: number;
  readonly seed?: number;
  /** Awaited in each prediction before its images are read, with the call's number from 0, so that a test can delay, reorder or fail results. */
  readonly duringPredict?: (call: number) => Promise<void> | void;
}

/** A logit is the sum over pixels of pixel / 16 x weight. */
const pixelScale = 1 / 16;

export function createLinearClassifier({ input, classes, seed = 1, duringPredict }: LinearClassifierOptions): DifferentiableClassifier {
  const size = pixelCount(input);
  const random = new Random({ seed, generation: 0, index: 0, purpose: Purpose.TRAIN });
  const weights = Float32Array.from({ length: classes * size }, () => (random.uniform() - 0.5) / 16);
  let calls = 0;

  function logitsOf(image: FloatImage): number[] {
    return Array.from({ length: classes }, (_, c) => {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += (image.pixels[i] as number) * pixelScale * (weights[c * size + i] as number);
      return sum;
    });
  }

  async function scoreAll(images: readonly FloatImage[], signal: AbortSignal | undefined): Promise<Scores & { logits: Float32Array }> {
    signal?.throwIfAborted();
    const call = calls++;
    const probabilities = new Float32Array(images.length * classes);
    const logits = new Float32Array(images.length * classes);
    await duringPredict?.(call); // Before reading, so that a buffer that is reused too early changes the result.
    for (const [i, image] of images.entries()) {
      checkShape(image, input, i);
      const sums = logitsOf(image);
      logits.set(sums, i * classes);
      probabilities.set(softmax(sums), i * classes);
    }
    return { count: images.length, classes, probabilities, logits };
  }

  return {
    modelHash: `linear-${classes}-${size}-${seed}`,
    input,
    labels: Array.from({ length: classes }, (_, c) => String(c)),
    engine: "linear, for tests",
    async predict(images, signal) {
      const { count, probabilities } = await scoreAll(images, signal);
      return { count, classes, probabilities };
    },
    scoreWithLogits: scoreAll,
    async inputGradients(images, request, signal) {
      if (request.weights.length !== images.length * classes)
        throw new AppError("INVALID_INPUT", "The number of weights must be the number of images times the number of classes.", {
          field: "weights",
        });
      const scores = await scoreAll(images, signal);
      const gradients = new Float32Array(images.length * size);
      for (const [i, image] of images.entries()) {
        const pulled = pullBack(request.of, softmax(logitsOf(image)), request.weights.subarray(i * classes, (i + 1) * classes));
        for (let p = 0; p < size; p++)
          gradients[i * size + p] = pulled.reduce((sum, pull, c) => sum + pull * pixelScale * (weights[c * size + p] as number), 0);
      }
      return { ...scores, gradients };
    },
    async dispose() {},
  };
}

function checkShape(image: FloatImage, input: ImageShape, index: number): void {
  const same = image.width === input.width && image.height === input.height && image.channels === input.channels;
  if (!same || image.pixels.length !== pixelCount(input))
    throw new AppError("INVALID_INPUT", `Image ${index} does not have the shape of this classifier's input.`);
}

function softmax(sums: readonly number[]): number[] {
  const largest = Math.max(...sums);
  const exponentials = sums.map((sum) => Math.exp(sum - largest));
  const total = exponentials.reduce((a, b) => a + b, 0);
  return exponentials.map((e) => e / total);
}

/** d(sum of weight x output) / d(logit), for each class. */
function pullBack(of: GradientOutput, probabilities: readonly number[], weights: Float32Array): number[] {
  if (of === "logits") return [...weights];
  const factors = of === "probabilities" ? [...probabilities] : probabilities.map(() => 1);
  const total = probabilities.reduce((sum, _, c) => sum + (factors[c] as number) * (weights[c] as number), 0);
  return probabilities.map((p, c) => (factors[c] as number) * (weights[c] as number) - p * total);
}
