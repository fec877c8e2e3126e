/** Reshape, Flatten, Squeeze, Unsqueeze, Transpose, Expand and Shape: the same numbers under another shape or order. */
import { findInts, intOr } from "@pareidolia/onnx/nodes/attributeValues";
import type { OperatorTwin } from "../operatorTwin.ts";
import { inOnnxOrder, plain, shapeOf } from "../value.ts";

export const reshapeTwin: OperatorTwin = {
  operator: "Reshape",
  run({ tf, node, input, findNumbers, refuse }) {
    const value = input(0);
    const shape = shapeOf(value);
    const wanted = findNumbers(1) ?? refuse("has no target shape");
    const zeroMeansZero = intOr(node, "allowzero", 0) === 1;
    const sizes = wanted.map((size, axis) => (size === 0 && !zeroMeansZero ? (shape[axis] as number) : size));
    return [plain(tf.reshape(inOnnxOrder(tf, value), sizes))];
  },
};

export const flattenTwin: OperatorTwin = {
  operator: "Flatten",
  run({ tf, node, input }) {
    const value = input(0);
    const shape = shapeOf(value);
    const axis = intOr(node, "axis", 1);
    const rows = shape.slice(0, axis < 0 ? axis + shape.length : axis).reduce((product, size) => product * size, 1);
    const columns = value.tensor.size / Math.max(1, rows);
    return [plain(tf.reshape(inOnnxOrder(tf, value), [rows, columns]))];
  },
};

export const squeezeTwin: OperatorTwin = {
  operator: "Squeeze",
  run({ tf, input, findNumbers }) {
    const value = input(0);
    const shape = shapeOf(value);
    const axes = findNumbers(1);
    const dropped = axes?.map((axis) => (axis < 0 ? axis + shape.length : axis));
    const kept = shape.filter((size, axis) => (dropped === undefined ? size !== 1 : !dropped.includes(axis)));
    return [plain(tf.reshape(inOnnxOrder(tf, value), kept))];
  },
};

export const unsqueezeTwin: OperatorTwin = {
  operator: "Unsqueeze",
  run({ tf, input, findNumbers, refuse }) {
    const value = input(0);
    const axes = findNumbers(1) ?? refuse("has no axes");
    const rank = value.tensor.rank + axes.length;
    const added = new Set(axes.map((axis) => (axis < 0 ? axis + rank : axis)));
    const sizes = shapeOf(value);
    const shape = Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : (sizes.shift() as number)));
    return [plain(tf.reshape(inOnnxOrder(tf, value), shape))];
  },
};

export const transposeTwin: OperatorTwin = {
  operator: "Transpose",
  run({ tf, node, input }) {
    const value = input(0);
    const { rank } = value.tensor;
    const order = findInts(node, "perm") ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
    // Transposing to or from N, H, W, C only changes how the value is labelled.
    if (value.channelsLast && order.join() === "0,2,3,1") return [plain(value.tensor)];
    if (!value.channelsLast && order.join() === "0,3,1,2") return [{ tensor: value.tensor, channelsLast: true }];
    return [plain(tf.transpose(inOnnxOrder(tf, value), [...order]))];
  },
};

export const expandTwin: OperatorTwin = {
  operator: "Expand",
  run({ tf, input, findNumbers, refuse }) {
    const wanted = findNumbers(1) ?? refuse("has no target shape");
    return [plain(tf.mul(inOnnxOrder(tf, input(0)), tf.ones([...wanted])))];
  },
};

export const shapeTwin: OperatorTwin = {
  operator: "Shape",
  run({ tf, node, input }) {
    const shape = shapeOf(input(0));
    const part = shape.slice(intOr(node, "start", 0), intOr(node, "end", shape.length));
    return [plain(tf.tensor1d(part, "float32"))];
  },
};
