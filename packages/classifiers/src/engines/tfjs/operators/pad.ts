/** Pad: with a constant, a mirror image of the border, or its last pixels; a negative amount cuts. tfjs's own mirrorPad has a wrong gradient. */
import { textOr } from "@pareidolia/onnx/nodes/attributeValues";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { OperatorTwin, TwinContext } from "../operatorTwin.ts";
import { perAxisInMemory } from "../value.ts";

type Amounts = readonly [number, number];

export const padTwin: OperatorTwin = {
  operator: "Pad",
  run(context) {
    const { tf, node, input, findNumbers, refuse } = context;
    const value = input(0);
    const { tensor } = value;
    const pads = findNumbers(1) ?? refuse("has no pads");
    const axes = (findNumbers(3) ?? tensor.shape.map((_, axis) => axis)).map((axis) => (axis < 0 ? axis + tensor.rank : axis));
    const amounts = tensor.shape.map((): [number, number] => [0, 0]);
    for (const [index, axis] of axes.entries()) amounts[axis] = [pads[index] ?? 0, pads[index + axes.length] ?? 0];
    const inMemory = perAxisInMemory(value, amounts);
    const mode = textOr(node, "mode", "constant");
    if (mode === "constant") {
      const grown = inMemory.map(([before, after]): [number, number] => [Math.max(0, before), Math.max(0, after)]);
      return [{ ...value, tensor: tf.pad(cut(context, tensor, inMemory), grown, findNumbers(2)?.[0] ?? 0) }];
    }
    if (inMemory.flat().some((amount) => amount < 0)) refuse(`crops in the mode ${mode}`);
    if (mode !== "reflect" && mode !== "edge") refuse(`pads in the mode ${mode}`);
    const border = mode === "reflect" ? mirrored : repeated;
    let padded = tensor;
    for (const [axis, [before, after]] of inMemory.entries()) {
      const pieces = [...border(context, padded, axis, before, "before"), padded, ...border(context, padded, axis, after, "after")];
      if (pieces.length > 1) padded = tf.concat(pieces, axis);
    }
    return [{ ...value, tensor: padded }];
  },
};

function cut({ tf }: TwinContext, tensor: Tensor, amounts: readonly Amounts[]): Tensor {
  if (amounts.flat().every((amount) => amount >= 0)) return tensor;
  const begin = amounts.map(([before]) => Math.max(0, -before));
  const size = tensor.shape.map((length, axis) => length - (begin[axis] as number) - Math.max(0, -(amounts[axis]?.[1] ?? 0)));
  return tf.slice(tensor, begin, size);
}

function part({ tf }: TwinContext, tensor: Tensor, axis: number, start: number, length: number): Tensor {
  const begin = tensor.shape.map((_, other) => (other === axis ? start : 0));
  return tf.slice(tensor, begin, tensor.shape.with(axis, length));
}

/** The mirrored pixels at one side of an axis, without the border itself. */
function mirrored(context: TwinContext, tensor: Tensor, axis: number, amount: number, side: "before" | "after"): Tensor[] {
  if (amount === 0) return [];
  const length = tensor.shape[axis] as number;
  if (amount >= length) context.refuse(`mirrors ${amount} of ${length} pixels`);
  return [context.tf.reverse(part(context, tensor, axis, side === "before" ? 1 : length - 1 - amount, amount), axis)];
}

function repeated(context: TwinContext, tensor: Tensor, axis: number, amount: number, side: "before" | "after"): Tensor[] {
  if (amount === 0) return [];
  const last = part(context, tensor, axis, side === "before" ? 0 : (tensor.shape[axis] as number) - 1, 1);
  return Array.from({ length: amount }, () => last);
}
