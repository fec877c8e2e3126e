/** Operators with two or more inputs that broadcast. */
import type { Tensor } from "@tensorflow/tfjs-core";
import { withoutGradient } from "../inSteps.ts";
import type { OperatorTwin, TwinContext } from "../operatorTwin.ts";
import type { TensorFlow } from "../tensorFlow.ts";
import { inOneOrder } from "../value.ts";
import { integerQuotient, truncated } from "../wholeArithmetic.ts";

type Combine = (tf: TensorFlow, left: Tensor, right: Tensor, context: TwinContext) => Tensor;

const functions: Readonly<Record<string, Combine>> = {
  Add: (tf, left, right) => tf.add(left, right),
  Sub: (tf, left, right) => tf.sub(left, right),
  Mul: (tf, left, right) => tf.mul(left, right),
  Div: (tf, left, right, { isInteger }) =>
    isInteger(0) ? withoutGradient(tf, [left, right], () => integerQuotient(tf, left, right)) : tf.div(left, right),
  Pow: (tf, left, right, context) => (context.isInteger(0) ? integerPower(tf, left, right, context) : power(tf, left, right)),
  Max: (tf, left, right) => tf.maximum(left, right),
  Min: (tf, left, right) => tf.minimum(left, right),
  Sum: (tf, left, right) => tf.add(left, right),
  PRelu: (tf, left, right) => tf.add(tf.relu(left), tf.mul(right, tf.neg(tf.relu(tf.neg(left))))),
};

/** For an exponent of 0, tfjs's gradient is 0 * x^-1, which is NaN at x = 0. Replacing the base by 1 avoids that. */
function power(tf: TensorFlow, base: Tensor, exponent: Tensor): Tensor {
  const isNonZero = tf.cast(tf.notEqual(exponent, 0), "float32");
  return tf.pow(tf.add(tf.mul(base, isNonZero), tf.sub(1, isNonZero)), exponent);
}

/** Rounds an integer power of an integer, which a GPU computes only approximately; truncates any other power. */
function integerPower(tf: TensorFlow, base: Tensor, exponent: Tensor, { isInteger, findNumbers }: TwinContext): Tensor {
  const isExact = isInteger(1) || findNumbers(1)?.every(Number.isInteger) === true;
  return withoutGradient(tf, [base, exponent], () => {
    const result = power(tf, base, exponent);
    return isExact ? tf.round(result) : truncated(tf, result);
  });
}

export const arithmeticTwins: readonly OperatorTwin[] = Object.entries(functions).map(([operator, combine]) => ({
  operator,
  run(context) {
    const { tf, node, input } = context;
    const { tensors, channelsLast } = inOneOrder(
      tf,
      node.inputs.map((_, index) => input(index)),
    );
    return [{ tensor: tensors.reduce((left, right) => combine(tf, left, right, context)), channelsLast }];
  },
}));
