/** The port through which every search uses a network. Pre-processing is part of the classifier. */
import type { FloatImage, ImageShape } from "./image.ts";

export interface Scores {
  readonly count: number;
  readonly classes: number;
  /** Softmax probabilities, row-major `count` x `classes`, each row summing to 1. */
  readonly probabilities: Float32Array;
}

export interface Classifier {
  /** SHA-256 of the model's file and its pre-processing. Classifiers with the same hash compute the same function. */
  readonly modelHash: string;
  readonly input: ImageShape;
  readonly labels: readonly string[];
  /** Engine, version, device and instruction set, for a run's manifest. */
  readonly engine: string;
  /**
   * Scores a batch of any size, in the order of `images`, without blocking the event loop.
   * @throws AppError INVALID_INPUT if an image's shape is not `input`.
   */
  predict(images: readonly FloatImage[], signal?: AbortSignal): Promise<Scores>;
  dispose(): Promise<void>;
}
