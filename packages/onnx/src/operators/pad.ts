/** Pad with a constant, or by reflection or repetition of the edge. The gradient of a constant border is cut off; a mirrored one folds back. */

import { gradientOfPicks } from "../gradients/pickAlongAxis.ts";
import { textOr } from "../nodes/attributeValues.ts";
import { refuse } from "../nodes/refuse.ts";
import { type Dim, frontAxis } from "../shapes/shape.ts";
import type { InferenceContext, OperatorRule } from "./operatorRule.ts";

export const padRule: OperatorRule = {
  operator: "Pad",
  infer(context) {
    const { begin, end } = readPads(context);
    const dims = context.shape(0).map((dim, axis): Dim => {
      const extra = (begin[axis] ?? 0) + (end[axis] ?? 0);
      if (extra === 0) return dim;
      return typeof dim === "number" ? dim + extra : refuse(context.node, "pads an axis of unknown size");
    });
    return [{ shape: dims }];
  },
  differentiate(context) {
    const { node, builder, outputGradient, needsGradient, name, shape, outputShape } = context;
    if (needsGradient(2)) refuse(node, "fills its border with a value that depends on the image: its gradient is not supported");
    if (!needsGradient(0)) return node.inputs.map(() => null);
    const { begin, end, mode } = readPads(context);
    if (mode === "constant") {
      const back = builder.integers(
        name("pads"),
        [...begin, ...end].map((value) => -value),
      );
      return [builder.node("Pad", name("input"), [outputGradient, back])];
    }
    let gradient = outputGradient;
    let current = outputShape(0);
    for (const [axis, size] of shape(0).entries()) {
      if (begin[axis] === 0 && end[axis] === 0) continue;
      if (typeof size !== "number") return refuse(node, "pads an axis of unknown size");
      const before = begin[axis] ?? 0;
      const positions = Array.from({ length: size + before + (end[axis] ?? 0) }, (_, at) => sourceOf(at - before, size, mode));
      if (positions.some((position) => position < 0 || position >= size))
        refuse(node, `mirrors more than the ${size} positions of an axis`);
      gradient = gradientOfPicks(context, gradient, { shape: current, axis, size, positions, suffix: `axis${axis}` });
      current = current.with(axis, size);
    }
    return [gradient];
  },
};

/** The input position that a position of the padded output copies. */
function sourceOf(at: number, size: number, mode: string): number {
  if (mode === "edge") return Math.min(Math.max(at, 0), size - 1);
  return at < 0 ? -at : at >= size ? 2 * (size - 1) - at : at;
}

function readPads({ node, shape, contents }: InferenceContext): { begin: number[]; end: number[]; mode: string } {
  const mode = textOr(node, "mode", "constant");
  if (!["constant", "reflect", "edge"].includes(mode)) refuse(node, `pads in the mode "${mode}", which is not supported`);
  const pads = contents(1);
  if (pads === null || !pads.every((value) => typeof value === "number")) return refuse(node, "has a padding that is not constant");
  const rank = shape(0).length;
  const axes = contents(3)?.map((axis) => frontAxis(Number(axis), rank)) ?? Array.from({ length: rank }, (_, axis) => axis);
  const begin = Array.from({ length: rank }, () => 0);
  const end = Array.from({ length: rank }, () => 0);
  for (const [index, axis] of axes.entries()) {
    begin[axis] = pads[index] ?? 0;
    end[axis] = pads[axes.length + index] ?? 0;
  }
  return { begin, end, mode };
}
