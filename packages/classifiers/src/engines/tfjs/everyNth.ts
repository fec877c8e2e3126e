/** Every n-th entry along an axis, starting with the first. tfjs's stridedSlice has no gradient; reshape and slice do on all backends. */
import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "./tensorFlow.ts";

export function everyNth(tf: TensorFlow, tensor: Tensor, axis: number, step: number): Tensor {
  if (step === 1) return tensor;
  const { shape } = tensor;
  const length = shape[axis] as number;
  const count = Math.ceil(length / step);
  const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);
  const [outer, inner] = [product(shape.slice(0, axis)), product(shape.slice(axis + 1))];
  const whole = tf.pad(tf.reshape(tensor, [outer, length, inner]), [
    [0, 0],
    [0, count * step - length],
    [0, 0],
  ]);
  const firsts = tf.slice(tf.reshape(whole, [outer, count, step, inner]), [0, 0, 0, 0], [outer, count, 1, inner]);
  return tf.reshape(firsts, shape.with(axis, count));
}
