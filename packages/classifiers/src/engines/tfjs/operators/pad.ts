/** Pad, with a constant or a mirror image of the border. */
import { textOr } from "@pareidolia/onnx/operators/attributeValues";
import type { OperatorTwin } from "../operatorTwin.ts";
import { perAxisInMemory } from "../value.ts";

export const padTwin: OperatorTwin = {
  operator: "Pad",
  run({ tf, node, input, findNumbers, refuse }) {
    const value = input(0);
    const { tensor } = value;
    const pads = findNumbers(1) ?? refuse("does not say how much");
    const axes = (findNumbers(3) ?? tensor.shape.map((_, axis) => axis)).map((axis) => (axis < 0 ? axis + tensor.rank : axis));
    const amounts = tensor.shape.map((): [number, number] => [0, 0]);
    for (const [index, axis] of axes.entries()) amounts[axis] = [pads[index] ?? 0, pads[index + axes.length] ?? 0];
    if (amounts.flat().some((amount) => amount < 0)) refuse("cuts away");
    const inMemory = perAxisInMemory(value, amounts);
    const mode = textOr(node, "mode", "constant");
    if (mode === "constant") return [{ ...value, tensor: tf.pad(tensor, inMemory, findNumbers(2)?.[0] ?? 0) }];
    if (mode === "reflect") return [{ ...value, tensor: tf.mirrorPad(tensor, inMemory, "reflect") }];
    return refuse(`pads in the mode ${mode}`);
  },
};
