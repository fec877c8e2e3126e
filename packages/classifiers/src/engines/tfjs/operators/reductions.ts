/** Reduce*: sums and the like over the axes that an input names, or all of them. */

import { intOr } from "@pareidolia/onnx/operators/attributeValues";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { OperatorTwin } from "../operatorTwin.ts";
import { productOver } from "../productOver.ts";
import type { TensorFlow } from "../tensorFlow.ts";
import { axisInMemory, inOnnxOrder, plain } from "../value.ts";

type Reduce = (tf: TensorFlow, x: Tensor, axes: number[], keep: boolean) => Tensor;

const functions: Readonly<Record<string, Reduce>> = {
  ReduceSum: (tf, x, axes, keep) => tf.sum(x, axes, keep),
  ReduceMean: (tf, x, axes, keep) => tf.mean(x, axes, keep),
  ReduceMax: (tf, x, axes, keep) => tf.max(x, axes, keep),
  ReduceMin: (tf, x, axes, keep) => tf.min(x, axes, keep),
  ReduceProd: (tf, x, axes, keep) => productOver(tf, x, axes, keep),
  ReduceL1: (tf, x, axes, keep) => tf.sum(tf.abs(x), axes, keep),
  ReduceL2: (tf, x, axes, keep) => tf.sqrt(tf.sum(tf.square(x), axes, keep)),
  ReduceSumSquare: (tf, x, axes, keep) => tf.sum(tf.square(x), axes, keep),
  ReduceLogSum: (tf, x, axes, keep) => tf.log(tf.sum(x, axes, keep)),
  ReduceLogSumExp: (tf, x, axes, keep) => tf.logSumExp(x, axes, keep),
};

export const reductionTwins: readonly OperatorTwin[] = Object.entries(functions).map(([operator, reduce]) => ({
  operator,
  run({ tf, node, input, findNumbers }) {
    const value = input(0);
    const keep = intOr(node, "keepdims", 1) === 1;
    const named = findNumbers(1);
    const axes = named === null || named.length === 0 ? value.tensor.shape.map((_, axis) => axis) : named;
    if (keep) {
      const places = axes.map((axis) => axisInMemory(value, axis));
      return [{ ...value, tensor: reduce(tf, value.tensor, places, true) }];
    }
    const front = axes.map((axis) => (axis < 0 ? axis + value.tensor.rank : axis));
    // Without the planes, what is left of a batch of images lies in one order either way.
    if (value.channelsLast && front.includes(2) && front.includes(3))
      return [
        plain(
          reduce(
            tf,
            value.tensor,
            front.map((axis) => axisInMemory(value, axis)),
            false,
          ),
        ),
      ];
    return [plain(reduce(tf, inOnnxOrder(tf, value), front, false))];
  },
}));
