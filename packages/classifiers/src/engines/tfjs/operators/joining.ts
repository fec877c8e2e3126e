/** Concat, Split and Slice: pieces of values along their axes. */
import { intOr } from "@pareidolia/onnx/nodes/attributeValues";
import { everyNth } from "../everyNth.ts";
import type { OperatorTwin } from "../operatorTwin.ts";
import { axisInMemory, inOnnxOrder, shapeOf, type Value } from "../value.ts";

export const concatTwin: OperatorTwin = {
  operator: "Concat",
  run({ tf, node, input }) {
    const values = node.inputs.map((_, index) => input(index));
    const last = values.every((value) => value.channelsLast);
    const tensors = last ? values.map(({ tensor }) => tensor) : values.map((value) => inOnnxOrder(tf, value));
    const whole: Value = { tensor: tensors[0] as Value["tensor"], channelsLast: last };
    return [{ tensor: tf.concat(tensors, axisInMemory(whole, intOr(node, "axis", 0))), channelsLast: last }];
  },
};

export const splitTwin: OperatorTwin = {
  operator: "Split",
  run({ tf, node, input, findNumbers }) {
    const value = input(0);
    const axis = axisInMemory(value, intOr(node, "axis", 0));
    const length = value.tensor.shape[axis] as number;
    const share = Math.ceil(length / node.outputs.length);
    const equal = node.outputs.map((_, index) => Math.min(share, length - index * share));
    const sizes = findNumbers(1) ?? equal;
    return tf.split(value.tensor, [...sizes], axis).map((tensor) => ({ tensor, channelsLast: value.channelsLast }));
  },
};

export const sliceTwin: OperatorTwin = {
  operator: "Slice",
  run({ tf, input, findNumbers, refuse }) {
    const value = input(0);
    const shape = shapeOf(value);
    const starts = findNumbers(1) ?? refuse("has no starts");
    const ends = findNumbers(2) ?? refuse("has no ends");
    const axes = findNumbers(3) ?? starts.map((_, axis) => axis);
    const steps = findNumbers(4) ?? starts.map(() => 1);
    let { tensor } = value;
    for (const [index, axis] of axes.entries()) {
      const length = shape.at(axis) as number;
      const step = steps[index] ?? 1;
      const place = axisInMemory(value, axis);
      const bound = (edge: number, low: number, high: number): number => Math.min(high, Math.max(low, edge < 0 ? edge + length : edge));
      if (step === 0) refuse("has a step of 0");
      const [first, last] = [starts[index] as number, ends[index] as number];
      let [from, until] = [bound(first, 0, length), bound(last, 0, length)];
      if (step < 0) {
        // Reversed first, so that the slice runs forwards.
        from = length - 1 - bound(first, 0, length - 1);
        until = last < -length ? length : length - 1 - bound(last, 0, length);
        tensor = tf.reverse(tensor, place);
      }
      const begin = tensor.shape.map((_, other) => (other === place ? from : 0));
      const cut = tf.slice(tensor, begin, tensor.shape.with(place, Math.max(0, until - from)));
      tensor = everyNth(tf, cut, place, Math.abs(step));
    }
    return [{ ...value, tensor }];
  },
};
