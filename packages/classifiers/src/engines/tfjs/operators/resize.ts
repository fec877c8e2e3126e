/** Resize, nearest and linear: along each axis the output is a matrix times the input, so that the gradient is exact on every backend. */
import { findInts, intOr } from "@pareidolia/onnx/operators/attributeValues";
import { interpolationMatrix } from "@pareidolia/onnx/operators/interpolation";
import { scaledSize } from "@pareidolia/onnx/operators/resize";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { OperatorTwin } from "../operatorTwin.ts";
import { inOnnxOrder, plain, shapeOf } from "../value.ts";

export const resizeTwin: OperatorTwin = {
  operator: "Resize",
  run({ tf, node, input, findNumbers, refuse }) {
    const value = input(0);
    const shape = shapeOf(value);
    if (intOr(node, "antialias", 0) !== 0) refuse("smooths what it makes smaller");
    const axes = (findInts(node, "axes") ?? [...shape.keys()]).map((axis) => (axis < 0 ? axis + shape.length : axis));
    const scales = findNumbers(2);
    const sizes = findNumbers(3);
    let tensor: Tensor = inOnnxOrder(tf, value);
    for (const [axis, from] of shape.entries()) {
      const place = axes.indexOf(axis);
      if (place < 0) continue;
      const to = sizes?.[place] ?? scaledSize(from, scales?.[place] ?? 1);
      const scale = sizes === null ? (scales?.[place] ?? 1) : to / from;
      if (to === from && scale === 1) continue;
      const matrix = tf.tensor2d(interpolationMatrix(node, { from, to, scale }), [to, from], "float32");
      const order = tensor.shape.map((_, other) => (other === axis ? shape.length - 1 : other === shape.length - 1 ? axis : other));
      const turned = tf.transpose(tensor, order);
      const rows = tf.reshape(turned, [-1, from]);
      const resized = tf.reshape(tf.matMul(rows, matrix, false, true), [...turned.shape.slice(0, -1), to]);
      tensor = tf.transpose(resized, order);
    }
    return [plain(tensor)];
  },
};
