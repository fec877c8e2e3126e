/** ConstantOfShape, and Gather over what was computed from shapes. */
import { intOr } from "@pareidolia/onnx/nodes/attributeValues";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { OperatorTwin } from "../operatorTwin.ts";
import { axisInMemory, inOnnxOrder, plain } from "../value.ts";

export const constantOfShapeTwin: OperatorTwin = {
  operator: "ConstantOfShape",
  run({ tf, node, findNumbers }) {
    const value = node.attributes.get("value");
    const fill = value?.kind === "tensor" ? Number(value.value.data[0]) : 0;
    return [plain(tf.fill([...(findNumbers(0) ?? [])], fill))];
  },
};

export const gatherTwin: OperatorTwin = {
  operator: "Gather",
  run({ tf, node, input, findNumbers, refuse }) {
    const rank = input(1).tensor.rank;
    if (rank > 1) refuse("has indices of more than one axis");
    // A scalar index removes an axis, so the result is no batch of images and must be in ONNX's order.
    const value = rank === 1 ? input(0) : plain(inOnnxOrder(tf, input(0)));
    const axis = axisInMemory(value, intOr(node, "axis", 0));
    const length = value.tensor.shape[axis] as number;
    const places = (findNumbers(1) ?? refuse("has no indices")).map((place) => (place < 0 ? place + length : place));
    const { shape } = value.tensor;
    const cut = (place: number, extent: number): Tensor =>
      tf.slice(value.tensor, shape.map(() => 0).with(axis, place), shape.with(axis, extent));
    const pieces = places.length === 0 ? [cut(0, 0)] : places.map((place) => cut(place, 1));
    const joined = {
      tensor: pieces.length === 1 ? (pieces[0] as Tensor) : tf.concat(pieces, axis),
      channelsLast: value.channelsLast,
    };
    if (rank === 1) return [joined];
    return [plain(tf.squeeze(joined.tensor, [axis]))];
  },
};
