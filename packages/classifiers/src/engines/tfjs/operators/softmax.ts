/** Softmax and LogSoftmax along one axis; tfjs requires the last. */

import { intOr } from "@pareidolia/onnx/nodes/attributeValues";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { OperatorTwin, TwinContext } from "../operatorTwin.ts";
import { axisInMemory, type Value } from "../value.ts";

function alongAxis({ tf, node, input }: TwinContext, compute: (x: Tensor) => Tensor): readonly Value[] {
  const value = input(0);
  const { tensor } = value;
  const axis = axisInMemory(value, intOr(node, "axis", -1));
  if (axis === tensor.rank - 1) return [{ ...value, tensor: compute(tensor) }];
  const swapped = tensor.shape.map((_, place) => (place === axis ? tensor.rank - 1 : place === tensor.rank - 1 ? axis : place));
  return [{ ...value, tensor: tf.transpose(compute(tf.transpose(tensor, swapped)), swapped) }];
}

export const softmaxTwin: OperatorTwin = {
  operator: "Softmax",
  run: (context) => alongAxis(context, (x) => context.tf.softmax(x)),
};

export const logSoftmaxTwin: OperatorTwin = {
  operator: "LogSoftmax",
  run: (context) => alongAxis(context, (x) => context.tf.logSoftmax(x)),
};
