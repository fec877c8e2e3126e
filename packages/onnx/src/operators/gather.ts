/** Gather of constant positions along an axis: a choice or a permutation of channels, a mirror image, or one size out of a Shape. */

import { gradientOfPicks } from "../gradients/pickAlongAxis.ts";
import { intOr } from "../nodes/attributeValues.ts";
import { refuse } from "../nodes/refuse.ts";
import { isSmall, pickAlong } from "../shapes/contents.ts";
import { frontAxis, type Shape } from "../shapes/shape.ts";
import type { OperatorRule } from "./operatorRule.ts";

export const gatherRule: OperatorRule = {
  operator: "Gather",
  infer({ node, shape, contents }) {
    const dims = shape(0);
    const axis = frontAxis(intOr(node, "axis", 0), dims.length);
    const values = contents(0);
    const indices = contents(1);
    const result: Shape = [...dims.slice(0, axis), ...shape(1), ...dims.slice(axis + 1)];
    if (values === null || indices === null || !isSmall(result)) return [{ shape: result }];
    const size = Number(dims[axis]);
    const positions = indices.map((index) => frontAxis(Number(index), size));
    if (!positions.every((position) => position >= 0 && position < size)) refuse(node, `has an index outside its axis of ${size}`);
    return [{ shape: result, contents: pickAlong({ values, shape: dims }, axis, positions) }];
  },
  differentiate(context) {
    const { node, builder, outputGradient, needsGradient, name, shape, outputShape, constant } = context;
    if (!needsGradient(0)) return [null, null];
    const dims = shape(0);
    const axis = frontAxis(intOr(node, "axis", 0), dims.length);
    const size = dims[axis];
    const indices = constant(1);
    if (typeof size !== "number" || indices === null || shape(1).length > 1)
      return refuse(node, "has indices that are not a constant list: its gradient is not supported");
    const single = shape(1).length === 0;
    const gradient = single
      ? builder.node("Unsqueeze", name("kept"), [outputGradient, builder.integers(name("keptAxis"), [axis])])
      : outputGradient;
    const positions = Array.from(indices.data as ArrayLike<number | bigint>, (index) => frontAxis(Number(index), size));
    const spread = single ? [...outputShape(0).slice(0, axis), 1, ...outputShape(0).slice(axis)] : outputShape(0);
    return [gradientOfPicks(context, gradient, { shape: spread, axis, size, positions, suffix: "input" }), null];
  },
};
