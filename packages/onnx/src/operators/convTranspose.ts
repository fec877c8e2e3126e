/** ConvTranspose: the adjoint of a convolution, so its input's gradient is that convolution, with the same weights. */

import { imageSides, readWindow } from "../geometry/spatialWindow.ts";
import { int, ints } from "../graphBuilder.ts";
import { findInts, intOr } from "../nodes/attributeValues.ts";
import { refuse } from "../nodes/refuse.ts";
import type { OperatorRule } from "./operatorRule.ts";

export const convTransposeRule: OperatorRule = {
  operator: "ConvTranspose",
  infer({ node, shape }) {
    const window = readWindow(node, shape(1).slice(2));
    const sides = imageSides(node, shape(0));
    const extra = findInts(node, "output_padding") ?? [0, 0];
    const along = (axis: 0 | 1): number =>
      window.strides[axis] * (sides[axis] - 1) + (extra[axis] ?? 0) + window.extent[axis] - window.begin[axis] - window.end[axis];
    const filters = shape(1)[1];
    if (typeof filters !== "number") refuse(node, "needs weights of known size");
    return [{ shape: [shape(0)[0] ?? "", (filters as number) * intOr(node, "group", 1), along(0), along(1)] }];
  },
  terms: ({ shape }) => shape(1).slice(1),
  differentiate({ node, builder, outputGradient, needsGradient, name, shape }) {
    if (needsGradient(1) || needsGradient(2)) refuse(node, "cannot be trained: only its input has a gradient");
    if (!needsGradient(0)) return node.inputs.map(() => null);
    const window = readWindow(node, shape(1).slice(2));
    const extra = findInts(node, "output_padding") ?? [0, 0];
    if (extra.some((value, axis) => value >= (window.strides[axis] ?? 1)))
      refuse(node, "has an output padding as large as its stride, whose gradient is not supported");
    const gradient = builder.node("Conv", name("input"), [outputGradient, node.inputs[1] ?? ""], {
      kernel_shape: ints(window.kernel),
      strides: ints(window.strides),
      dilations: ints(window.dilations),
      group: int(intOr(node, "group", 1)),
      pads: ints([...window.begin, ...window.end]),
    });
    return [gradient];
  },
};
