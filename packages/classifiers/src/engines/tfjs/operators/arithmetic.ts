/** Operators of two or more inputs that stretch over one another. */
import type { Tensor } from "@tensorflow/tfjs-core";
import { inSteps } from "../inSteps.ts";
import type { OperatorTwin, TwinContext } from "../operatorTwin.ts";
import type { TensorFlow } from "../tensorFlow.ts";
import { inOneOrder } from "../value.ts";
import { truncated, wholeQuotient } from "../wholeArithmetic.ts";

type Combine = (tf: TensorFlow, left: Tensor, right: Tensor, context: TwinContext) => Tensor;

const functions: Readonly<Record<string, Combine>> = {
  Add: (tf, left, right) => tf.add(left, right),
  Sub: (tf, left, right) => tf.sub(left, right),
  Mul: (tf, left, right) => tf.mul(left, right),
  Div: (tf, left, right, { isWhole }) =>
    isWhole(0) ? inSteps(tf, [left, right], () => wholeQuotient(tf, left, right)) : tf.div(left, right),
  Pow: (tf, left, right, context) => (context.isWhole(0) ? wholePower(tf, left, right, context) : power(tf, left, right)),
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

/** Rounds an integer power of an integer, which a GPU computes only approximately; truncates any other power. */
function wholePower(tf: TensorFlow, base: Tensor, exponent: Tensor, { isWhole, findNumbers }: TwinContext): Tensor {
  const isExact = isWhole(1) || findNumbers(1)?.every(Number.isInteger) === true;
  return inSteps(tf, [base, exponent], () => {
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
