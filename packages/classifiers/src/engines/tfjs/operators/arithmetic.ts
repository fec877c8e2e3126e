/** Operators of two or more inputs that stretch over one another. */
import type { Tensor } from "@tensorflow/tfjs-core";
import type { OperatorTwin } from "../operatorTwin.ts";
import type { TensorFlow } from "../tensorFlow.ts";
import { inOneOrder } from "../value.ts";

type Combine = (tf: TensorFlow, left: Tensor, right: Tensor) => Tensor;

const functions: Readonly<Record<string, Combine>> = {
  Add: (tf, left, right) => tf.add(left, right),
  Sub: (tf, left, right) => tf.sub(left, right),
  Mul: (tf, left, right) => tf.mul(left, right),
  Div: (tf, left, right) => tf.div(left, right),
  Pow: power,
  Max: (tf, left, right) => tf.maximum(left, right),
  Min: (tf, left, right) => tf.minimum(left, right),
  Sum: (tf, left, right) => tf.add(left, right),
  PRelu: (tf, left, right) => tf.add(tf.relu(left), tf.mul(right, tf.neg(tf.relu(tf.neg(left))))),
};

/** tfjs multiplies by 0 * x^-1 on the way back where the exponent is 0, which is no number at x = 0: there the base becomes 1. */
function power(tf: TensorFlow, base: Tensor, exponent: Tensor): Tensor {
  const counts = tf.cast(tf.notEqual(exponent, 0), "float32");
  return tf.pow(tf.add(tf.mul(base, counts), tf.sub(1, counts)), exponent);
}

export const arithmeticTwins: readonly OperatorTwin[] = Object.entries(functions).map(([operator, combine]) => ({
  operator,
  run({ tf, node, input }) {
    const { tensors, channelsLast } = inOneOrder(
      tf,
      node.inputs.map((_, index) => input(index)),
    );
    return [{ tensor: tensors.reduce((left, right) => combine(tf, left, right)), channelsLast }];
  },
}));
