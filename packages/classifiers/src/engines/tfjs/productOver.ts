/**
 * The product over some axes. The gradient of tfjs's `prod` fails and divides by zero. Multiplying the halves until one row is left has
 * a correct gradient on all backends.
 */
import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "./tensorFlow.ts";

export function productOver(tf: TensorFlow, tensor: Tensor, axes: readonly number[], keep: boolean): Tensor {
  const { shape } = tensor;
  const others = [...shape.keys()].filter((axis) => !axes.includes(axis));
  const count = axes.reduce((product, axis) => product * (shape[axis] as number), 1);
  let rows = tf.reshape(tf.transpose(tensor, [...axes, ...others]), [count, -1]);
  for (let left = count; left > 1; left = Math.ceil(left / 2)) {
    const half = Math.floor(left / 2);
    const paired = tf.mul(tf.slice(rows, [0, 0], [half, -1]), tf.slice(rows, [half, 0], [half, -1]));
    rows = left % 2 === 0 ? paired : tf.concat([paired, tf.slice(rows, [left - 1, 0], [1, -1])], 0);
  }
  const reduced = shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  return tf.reshape(rows, keep ? reduced : others.map((axis) => shape[axis] as number));
}
