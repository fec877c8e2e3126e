/**
 * A classifier on inference threads of any engine: cuts batches into pieces, converts pixels and gradients, and rejects on abort.
 * Results do not depend on the cuts.
 */
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier, GradientOutput } from "@pareidolia/core/differentiableClassifier";
import { type FloatImage, pixelCount } from "@pareidolia/core/image";
import type { PreparedModel } from "../engine.ts";
import { checkAnswer } from "./checkAnswer.ts";
import type { CutBatch } from "./cuts.ts";
import type { InferenceThreads } from "./inferenceThreads.ts";
import { checkShapes, joinImages, packImages, unpackGradients } from "./packImages.ts";
import type { ThreadResults, Wanted } from "./threadMessages.ts";

export interface ThreadedClassifierOptions {
  readonly model: PreparedModel;
  readonly threads: InferenceThreads;
  readonly cut: CutBatch;
  readonly engine: string;
  /** Whether the network that computes scores reads interleaved channels (NHWC). Gradients always use planes (NCHW). */
  readonly scoresInterleaved?: boolean;
  /** Called before each batch with gradients of this output. */
  readonly prepareGradient?: (of: GradientOutput) => void;
}

export function createThreadedClassifier(options: ThreadedClassifierOptions): DifferentiableClassifier {
  const { model, threads } = options;
  const classes = model.labels.length;
  return {
    modelHash: model.modelHash,
    input: model.input,
    labels: model.labels,
    engine: options.engine,
    async predict(images, signal) {
      const probabilities = new Float32Array(images.length * classes);
      await computeInPieces(options, images, signal, {
        wanted: () => ({ kind: "probabilities" }),
        take: (results, start) => probabilities.set(results.probabilities, start * classes),
      });
      return { count: images.length, classes, probabilities };
    },
    async scoreWithLogits(images, signal) {
      const probabilities = new Float32Array(images.length * classes);
      const logits = new Float32Array(images.length * classes);
      await computeInPieces(options, images, signal, {
        wanted: () => ({ kind: "logits" }),
        take: (results, start) => {
          probabilities.set(results.probabilities, start * classes);
          if (results.logits !== null) logits.set(results.logits, start * classes);
        },
      });
      return { count: images.length, classes, probabilities, logits };
    },
    async inputGradients(images, { of, weights }, signal) {
      if (weights.length !== images.length * classes)
        throw new AppError(
          "INVALID_INPUT",
          `There are ${weights.length} weights; ${images.length} images and ${classes} classes need ${images.length * classes}.`,
          { field: "weights" },
        );
      const values = pixelCount(model.input);
      const probabilities = new Float32Array(images.length * classes);
      const logits = new Float32Array(images.length * classes);
      const gradients = new Float32Array(images.length * values);
      if (images.length > 0) options.prepareGradient?.(of);
      await computeInPieces(options, images, signal, {
        wanted: (start, count) => ({ kind: "gradient", of, weights: weights.slice(start * classes, (start + count) * classes) }),
        take: (results, start) => {
          probabilities.set(results.probabilities, start * classes);
          if (results.logits !== null) logits.set(results.logits, start * classes);
          if (results.gradients !== null) unpackGradients(results.gradients, model.input, gradients.subarray(start * values));
        },
      });
      return { count: images.length, classes, probabilities, logits, gradients };
    },
    dispose: () => threads.close(),
  };
}

interface Work {
  readonly wanted: (start: number, count: number) => Wanted;
  readonly take: (results: ThreadResults, start: number) => void;
}

async function computeInPieces(
  { model, threads, cut, scoresInterleaved = false }: ThreadedClassifierOptions,
  images: readonly FloatImage[],
  signal: AbortSignal | undefined,
  { wanted, take }: Work,
): Promise<void> {
  signal?.throwIfAborted();
  checkShapes(images, model.input);
  if (images.length === 0) return;
  const { size, together } = cut(images.length);
  await new Promise<void>((resolve, reject) => {
    const abort = (): void => reject(signal?.reason);
    signal?.addEventListener("abort", abort, { once: true });
    const fail = (error: unknown): void => {
      signal?.removeEventListener("abort", abort);
      reject(error);
    };
    let open = Math.ceil(images.length / size);
    for (let start = 0; start < images.length; start += size) {
      const part = images.slice(start, start + size);
      const want = wanted(start, part.length);
      const write = scoresInterleaved && want.kind !== "gradient" ? joinImages : packImages;
      threads.submit({
        count: part.length,
        together,
        wanted: want,
        write: (pixels) => write(part, model.input, pixels),
        abandoned: () => signal?.aborted ?? false,
        settle: (outcome) => {
          if ("error" in outcome) {
            fail(outcome.error);
            return;
          }
          // An error thrown here would not reject the promise.
          try {
            checkAnswer(outcome.results, { images: part.length, classes: model.labels.length, values: pixelCount(model.input) });
          } catch (error) {
            fail(error);
            return;
          }
          take(outcome.results, start);
          open--;
          if (open > 0) return;
          signal?.removeEventListener("abort", abort);
          resolve();
        },
      });
    }
  });
}
