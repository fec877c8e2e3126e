/** Gives piecewise constant operations, such as rounding and comparisons, a gradient of zero. tfjs defines none for comparisons. */
import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "./tensorFlow.ts";

export function withoutGradient(tf: TensorFlow, inputs: readonly Tensor[], compute: () => Tensor): Tensor {
  // Not `zerosLike`: the inputs may have been disposed before the gradient is computed.
  const operation = tf.customGrad(() => ({ value: compute(), gradFunc: () => inputs.map(({ shape }) => tf.zeros(shape)) }));
  return operation(...inputs);
}
