/** Runs an ascent on a classifier until it is done. A worker does the same step by step, with checkpoints in between. */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { GradientAscent, StepResult } from "./gradientAscent.ts";

export interface RunAscentOptions {
  readonly ascent: GradientAscent;
  readonly classifier: DifferentiableClassifier;
  readonly signal?: AbortSignal;
  readonly onStep?: (result: StepResult) => void;
}

/** @throws the signal's reason on abort. The ascent is then between two steps and can be continued. */
export async function runAscent(options: RunAscentOptions): Promise<void> {
  while (!options.ascent.isDone) {
    const result = await stepAscent(options);
    options.onStep?.(result);
  }
}

/** Makes one step: computes the gradient of each image and the score of its stored bytes. */
export async function stepAscent({ ascent, classifier, signal }: RunAscentOptions): Promise<StepResult> {
  signal?.throwIfAborted();
  const { images, of, weights, scored } = ascent.ask();
  const gradients = await classifier.inputGradients(images, { of, weights }, signal);
  const scores = await classifier.predict(scored, signal);
  signal?.throwIfAborted();
  return ascent.tell(gradients, scores);
}
