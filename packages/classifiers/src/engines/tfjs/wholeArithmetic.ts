/** Integer arithmetic on float32 tensors, exact up to 2^24 even on GPUs, whose division is not correctly rounded. */
import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "./tensorFlow.ts";

/** Rounds towards zero. */
export function truncated(tf: TensorFlow, x: Tensor): Tensor {
  return tf.mul(tf.sign(x), tf.floor(tf.abs(x)));
}

/** Integer division, rounded towards zero. */
export function integerQuotient(tf: TensorFlow, dividend: Tensor, divisor: Tensor): Tensor {
  const nearest = tf.round(tf.div(dividend, divisor));
  const remainder = tf.sub(dividend, tf.mul(nearest, divisor));
  // The quotient was rounded away from zero where the remainder's sign differs from the dividend's.
  const isTooFar = tf.cast(tf.less(tf.mul(remainder, dividend), 0), "float32");
  return tf.sub(nearest, tf.mul(isTooFar, tf.mul(tf.sign(dividend), tf.sign(divisor))));
}
