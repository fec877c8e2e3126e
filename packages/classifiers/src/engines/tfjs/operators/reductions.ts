/** The Reduce operators, over the axes of an input or over all axes. */

import { intOr } from "@pareidolia/onnx/nodes/attributeValues";
import type { Tensor } from "@tensorflow/tfjs-core";
import { withoutGradient } from "../inSteps.ts";
import type { OperatorTwin } from "../operatorTwin.ts";
import { productOver } from "../productOver.ts";
import type { TensorFlow } from "../tensorFlow.ts";
import { axisInMemory, inOnnxOrder, plain } from "../value.ts";

interface Reduction {
  readonly reduce: (tf: TensorFlow, x: Tensor, axes: number[], keep: boolean) => Tensor;
  /** The result for an empty set. */
  readonly ofNone: number;
  /** Whether integers can reduce to a fraction, whose rounding ONNX does not specify. */
  readonly mayBeFraction?: true;
}

const reductions: Readonly<Record<string, Reduction>> = {
  ReduceSum: { reduce: (tf, x, axes, keep) => tf.sum(x, axes, keep), ofNone: 0 },
  ReduceMean: { reduce: (tf, x, axes, keep) => tf.mean(x, axes, keep), ofNone: Number.NaN, mayBeFraction: true },
  ReduceMax: { reduce: (tf, x, axes, keep) => tf.max(x, axes, keep), ofNone: Number.NEGATIVE_INFINITY },
  ReduceMin: { reduce: (tf, x, axes, keep) => tf.min(x, axes, keep), ofNone: Number.POSITIVE_INFINITY },
  ReduceProd: { reduce: (tf, x, axes, keep) => productOver(tf, x, axes, keep), ofNone: 1 },
  ReduceL1: { reduce: (tf, x, axes, keep) => tf.sum(tf.abs(x), axes, keep), ofNone: 0 },
  ReduceL2: { reduce: (tf, x, axes, keep) => tf.sqrt(tf.sum(tf.square(x), axes, keep)), ofNone: 0, mayBeFraction: true },
  ReduceSumSquare: { reduce: (tf, x, axes, keep) => tf.sum(tf.square(x), axes, keep), ofNone: 0 },
  ReduceLogSum: { reduce: (tf, x, axes, keep) => tf.log(tf.sum(x, axes, keep)), ofNone: Number.NEGATIVE_INFINITY, mayBeFraction: true },
  ReduceLogSumExp: { reduce: (tf, x, axes, keep) => tf.logSumExp(x, axes, keep), ofNone: Number.NEGATIVE_INFINITY, mayBeFraction: true },
};

/** tfjs's kernels read past the end of an empty tensor. */
function reduceNone(tf: TensorFlow, x: Tensor, axes: readonly number[], { keep, value }: { keep: boolean; value: number }): Tensor {
  const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const shape = keep ? kept : x.shape.filter((_, axis) => !axes.includes(axis));
  return withoutGradient(tf, [x], () => tf.fill(shape, value));
}

export const reductionTwins: readonly OperatorTwin[] = Object.entries(reductions).map(([operator, reduction]) => ({
  operator,
  run({ tf, node, input, findNumbers, isInteger, refuse }) {
    if (isInteger(0) && reduction.mayBeFraction === true) refuse("reduces integers to a fraction");
    const value = input(0);
    const keeps = intOr(node, "keepdims", 1) === 1;
    const named = findNumbers(1);
    const reduce = (x: Tensor, over: number[], keep: boolean): Tensor =>
      x.size === 0 ? reduceNone(tf, x, over, { keep, value: reduction.ofNone }) : reduction.reduce(tf, x, over, keep);
    const axes = named === null || named.length === 0 ? value.tensor.shape.map((_, axis) => axis) : named;
    if (keeps) {
      const places = axes.map((axis) => axisInMemory(value, axis));
      return [{ ...value, tensor: reduce(value.tensor, places, true) }];
    }
    const front = axes.map((axis) => (axis < 0 ? axis + value.tensor.rank : axis));
    // Without height and width, the order of a batch of images is the same either way.
    if (value.channelsLast && front.includes(2) && front.includes(3))
      return [
        plain(
          reduce(
            value.tensor,
            front.map((axis) => axisInMemory(value, axis)),
            false,
          ),
        ),
      ];
    return [plain(reduce(inOnnxOrder(tf, value), front, false))];
  },
}));
