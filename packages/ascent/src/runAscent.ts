/** Runs an ascent to its end against a classifier. A worker does the same step by step, with checkpoints between. */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { GradientAscent, ToldStep } from "./gradientAscent.ts";

export interface RunAscentOptions {
  readonly ascent: GradientAscent;
  readonly classifier: DifferentiableClassifier;
  readonly signal?: AbortSignal;
  readonly onStep?: (told: ToldStep) => void;
}

/** @throws the signal's reason once it is aborted; the ascent then stands between two steps and can go on. */
export async function runAscent(options: RunAscentOptions): Promise<void> {
  while (!options.ascent.isDone) {
    const told = await stepAscent(options);
    options.onStep?.(told);
  }
}

/** One step: a gradient of each image, a score of each image's stored bytes. */
export async function stepAscent({ ascent, classifier, signal }: RunAscentOptions): Promise<ToldStep> {
  signal?.throwIfAborted();
  const { images, of, weights, scored } = ascent.ask();
  const gradients = await classifier.inputGradients(images, { of, weights }, signal);
  const scores = await classifier.predict(scored, signal);
  signal?.throwIfAborted();
  return ascent.tell(gradients, scores);
}
