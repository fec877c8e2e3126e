/** Element-wise operators with one input, which work in any memory order. */

import { floatOr, intOr } from "@pareidolia/onnx/nodes/attributeValues";
import { ElementType } from "@pareidolia/onnx/proto/fieldNumbers";
import type { Tensor } from "@tensorflow/tfjs-core";
import { withoutGradient } from "../inSteps.ts";
import type { OperatorTwin, TwinContext } from "../operatorTwin.ts";
import { truncated } from "../wholeArithmetic.ts";

type Pointwise = (x: Tensor, context: TwinContext) => Tensor;

/** clip(x * alpha + beta, 0, 1). */
function hardSigmoid({ tf }: TwinContext, x: Tensor, alpha: number, beta: number): Tensor {
  return tf.clipByValue(tf.add(tf.mul(x, alpha), beta), 0, 1);
}

const functions: Readonly<Record<string, Pointwise>> = {
  Identity: (x) => x,
  Relu: (x, { tf }) => tf.relu(x),
  LeakyRelu: (x, { tf, node }) => tf.leakyRelu(x, floatOr(node, "alpha", 0.01)),
  Elu: (x, { tf, node }) => {
    const alpha = floatOr(node, "alpha", 1);
    return alpha === 1 ? tf.elu(x) : tf.add(tf.relu(x), tf.mul(tf.elu(tf.neg(tf.relu(tf.neg(x)))), alpha));
  },
  Sigmoid: (x, { tf }) => tf.sigmoid(x),
  Tanh: (x, { tf }) => tf.tanh(x),
  Softplus: (x, { tf }) => tf.softplus(x),
  HardSigmoid: (x, context) => hardSigmoid(context, x, floatOr(context.node, "alpha", 0.2), floatOr(context.node, "beta", 0.5)),
  HardSwish: (x, context) => context.tf.mul(x, hardSigmoid(context, x, 1 / 6, 0.5)),
  Clip: (x, context) => clip(x, context),
  Exp: (x, { tf }) => tf.exp(x),
  Log: (x, { tf }) => tf.log(x),
  Sqrt: (x, { tf }) => tf.sqrt(x),
  Abs: (x, { tf }) => tf.abs(x),
  Neg: (x, { tf }) => tf.neg(x),
  Reciprocal: (x, { tf }) => tf.div(1, x),
  Cast: (x, context) => cast(x, context),
};

/** All tensors are float32: integers are truncated towards zero, booleans are 0 or 1, and both have a gradient of zero. */
function cast(x: Tensor, { tf, node }: TwinContext): Tensor {
  const to = intOr(node, "to", ElementType.float32);
  if (to === ElementType.float32) return x;
  if (to === ElementType.bool) return withoutGradient(tf, [x], () => tf.cast(tf.notEqual(x, 0), "float32"));
  return withoutGradient(tf, [x], () => truncated(tf, x));
}

/** Either bound may be missing. Common bounds use tfjs's ReLU and ReLU6. */
function clip(x: Tensor, { tf, findNumbers }: TwinContext): Tensor {
  const low = findNumbers(1)?.[0] ?? Number.NEGATIVE_INFINITY;
  const high = findNumbers(2)?.[0] ?? Number.POSITIVE_INFINITY;
  // ONNX specifies the upper bound as the result; clipByValue would throw.
  if (low > high) return tf.minimum(tf.maximum(x, low), high);
  if (low === 0 && high === 6) return tf.relu6(x);
  if (low === 0 && high >= 3e38) return tf.relu(x);
  if (low === 0 || high < 3e38) return tf.clipByValue(x, Math.max(low, -3.4e38), Math.min(high, 3.4e38));
  return low <= -3e38 ? x : tf.maximum(x, low);
}

export const pointwiseTwins: readonly OperatorTwin[] = Object.entries(functions).map(([operator, compute]) => ({
  operator,
  run(context) {
    const value = context.input(0);
    return [{ tensor: compute(value.tensor, context), channelsLast: value.channelsLast }];
  },
}));
