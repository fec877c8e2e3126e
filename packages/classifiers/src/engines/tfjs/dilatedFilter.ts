/**
 * A dilated filter with its zeros written out, for a convolution without dilation. tfjs has no gradient of dilated convolutions on most
 * backends, and a wrong one on WebAssembly.
 */
import type { Tensor4D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "./tensorFlow.ts";

/** `filter` has the shape rows x columns x any x any. */
export function dilatedFilter(tf: TensorFlow, filter: Tensor4D, [down, across]: readonly [number, number]): Tensor4D {
  if (down === 1 && across === 1) return filter;
  const [rows, columns, third, fourth] = filter.shape;
  const depth = third * fourth;
  const tall = tf.pad(tf.reshape(filter, [rows, 1, columns, depth]), [
    [0, 0],
    [0, down - 1],
    [0, 0],
    [0, 0],
  ]);
  const wide = tf.pad(tf.reshape(tall, [rows * down, columns, 1, depth]), [
    [0, 0],
    [0, 0],
    [0, across - 1],
    [0, 0],
  ]);
  const whole = tf.reshape(wide, [rows * down, columns * across, third, fourth]);
  return tf.slice(whole, [0, 0, 0, 0], [(rows - 1) * down + 1, (columns - 1) * across + 1, third, fourth]) as Tensor4D;
}
