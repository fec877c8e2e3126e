/** ConstantOfShape, and Gather over what was computed from shapes. */
import { intOr } from "@pareidolia/onnx/operators/attributeValues";
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
    if (rank > 1) refuse("gathers by a table");
    // Without one of its axes a batch of images is none, and lies as ONNX counts.
    const value = rank === 1 ? input(0) : plain(inOnnxOrder(tf, input(0)));
    const axis = axisInMemory(value, intOr(node, "axis", 0));
    const length = value.tensor.shape[axis] as number;
    const places = (findNumbers(1) ?? refuse("does not say what")).map((place) => (place < 0 ? place + length : place));
    const pieces = places.map((place) => {
      const begin = value.tensor.shape.map((_, other) => (other === axis ? place : 0));
      return tf.slice(
        value.tensor,
        begin,
        value.tensor.shape.map((extent, other) => (other === axis ? 1 : extent)),
      );
    });
    const joined = {
      tensor: pieces.length === 1 ? (pieces[0] as (typeof pieces)[0]) : tf.concat(pieces, axis),
      channelsLast: value.channelsLast,
    };
    if (rank === 1) return [joined];
    return [plain(tf.squeeze(joined.tensor, [axis]))];
  },
};
