/** What moves in steps only, whole numbers and truth values: no gradient goes through it. tfjs has none for its comparisons, not even zero. */
import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "./tensorFlow.ts";

export function inSteps(tf: TensorFlow, inputs: readonly Tensor[], compute: () => Tensor): Tensor {
  // By their shapes: on the way back the inputs may have been freed.
  const withoutGradient = tf.customGrad(() => ({ value: compute(), gradFunc: () => inputs.map(({ shape }) => tf.zeros(shape)) }));
  return withoutGradient(...inputs);
}
