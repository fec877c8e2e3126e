/** Resize: along each axis the output is a matrix times the input, so that the gradient is exact on every backend. */

import { interpolationMatrix } from "@pareidolia/onnx/geometry/interpolation";
import { resizeTargets } from "@pareidolia/onnx/geometry/resizeTargets";
import { textOr } from "@pareidolia/onnx/nodes/attributeValues";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { OperatorTwin } from "../operatorTwin.ts";
import { inOnnxOrder, plain, shapeOf } from "../value.ts";

export const resizeTwin: OperatorTwin = {
  operator: "Resize",
  run({ tf, node, input, findNumbers, isInteger, refuse }) {
    if (isInteger(0) && textOr(node, "mode", "nearest") !== "nearest") refuse("interpolates integers");
    const value = input(0);
    const shape = shapeOf(value);
    let tensor: Tensor = inOnnxOrder(tf, value);
    for (const [axis, target] of resizeTargets(node, { shape, scales: findNumbers(2), sizes: findNumbers(3) }).entries()) {
      const [from, to] = [Number(target.from), Number(target.to)];
      if (to === from && target.scale === 1) continue;
      const matrix = tf.tensor2d(interpolationMatrix(node, { from, to, scale: target.scale }), [to, from], "float32");
      const order = tensor.shape.map((_, other) => (other === axis ? shape.length - 1 : other === shape.length - 1 ? axis : other));
      const turned = tf.transpose(tensor, order);
      const rows = tf.reshape(turned, [-1, from]);
      const resized = tf.reshape(tf.matMul(rows, matrix, false, true), [...turned.shape.slice(0, -1), to]);
      tensor = tf.transpose(resized, order);
    }
    return [plain(tensor)];
  },
};
