/**
 * Resize, nearest and linear: along each axis the output is a matrix times the input, so that the gradient is exact on every
 * backend. Coordinates and rounding follow ONNX's Resize.
 */

import { findInts, intOr, textOr } from "@pareidolia/onnx/operators/attributeValues";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { OperatorTwin, TwinContext } from "../operatorTwin.ts";
import { inOnnxOrder, plain, shapeOf } from "../value.ts";

export const resizeTwin: OperatorTwin = {
  operator: "Resize",
  run(context) {
    const { tf, node, input, findNumbers, refuse } = context;
    const value = input(0);
    const shape = shapeOf(value);
    if (intOr(node, "antialias", 0) !== 0) refuse("smooths what it makes smaller");
    const axes = (findInts(node, "axes") ?? [...shape.keys()]).map((axis) => (axis < 0 ? axis + shape.length : axis));
    const scales = findNumbers(2);
    const sizes = findNumbers(3);
    const places = shape.map((_, axis) => axes.indexOf(axis));
    const factors = shape.map((length, axis) => {
      const place = places[axis] as number;
      return place < 0 ? 1 : (scales?.[place] ?? (sizes?.[place] ?? length) / length);
    });
    const target = shape.map((length, axis) => sizes?.[places[axis] as number] ?? Math.floor(length * (factors[axis] as number)));
    let tensor: Tensor = inOnnxOrder(tf, value);
    for (const [axis, length] of shape.entries()) {
      if (target[axis] === length && factors[axis] === 1) continue;
      const matrix = tf.tensor2d(
        weightsOf(context, { length, target: target[axis] as number, factor: factors[axis] as number }),
        [length, target[axis] as number],
        "float32",
      );
      const order = tensor.shape.map((_, place) => (place === axis ? shape.length - 1 : place === shape.length - 1 ? axis : place));
      const turned = tf.transpose(tensor, order);
      const rows = tf.reshape(turned, [-1, length]);
      const resized = tf.reshape(tf.matMul(rows, matrix), [...turned.shape.slice(0, -1), target[axis] as number]);
      tensor = tf.transpose(resized, order);
    }
    return [plain(tensor)];
  },
};

/** Row-major `length` x `target`: how much of each input goes into each output. */
function weightsOf(
  { node, refuse }: TwinContext,
  { length, target, factor }: { length: number; target: number; factor: number },
): Float32Array {
  const mode = textOr(node, "mode", "nearest");
  const coordinates = textOr(node, "coordinate_transformation_mode", "half_pixel");
  const rounding = textOr(node, "nearest_mode", "round_prefer_floor");
  const weights = new Float32Array(length * target);
  const add = (from: number, to: number, weight: number): void => {
    const place = Math.min(length - 1, Math.max(0, from)) * target + to;
    weights[place] = (weights[place] as number) + weight;
  };
  const position = (to: number): number => {
    switch (coordinates) {
      case "asymmetric":
        return to / factor;
      case "align_corners":
        return target === 1 ? 0 : (to * (length - 1)) / (target - 1);
      case "pytorch_half_pixel":
        return target > 1 ? pixelCentre(to, factor) : 0;
      case "half_pixel":
        return pixelCentre(to, factor);
      default:
        return refuse(`counts pixels as ${coordinates}`);
    }
  };
  for (let to = 0; to < target; to++) {
    const at = position(to);
    if (mode === "nearest") {
      const nearest = {
        floor: Math.floor(at),
        ceil: Math.ceil(at),
        round_prefer_ceil: Math.floor(at + 0.5),
        round_prefer_floor: Math.ceil(at - 0.5),
      }[rounding];
      add(nearest ?? refuse(`rounds by ${rounding}`), to, 1);
    } else if (mode === "linear") {
      const low = Math.floor(at);
      add(low, to, 1 - (at - low));
      add(low + 1, to, at - low);
    } else refuse(`has the mode ${mode}`);
  }
  return weights;
}

/** In single precision as onnxruntime counts, so that both break a tie between two pixels alike. */
function pixelCentre(to: number, factor: number): number {
  return Math.fround(Math.fround((to + 0.5) / Math.fround(factor)) - 0.5);
}
