/** MatMul of matrices, or of stacks of them that broadcast. */

import { sumToShape } from "../gradients/sumToShape.ts";
import { ints } from "../graphBuilder.ts";
import { refuse } from "../nodes/refuse.ts";
import { broadcast, type Shape } from "../shapes/shape.ts";
import type { OperatorRule } from "./operatorRule.ts";

export const matMulRule: OperatorRule = {
  operator: "MatMul",
  infer({ node, shape }) {
    const [left, right] = [shape(0), shape(1)];
    if (left.length < 2 || right.length < 2) refuse(node, "multiplies a vector, which is not supported");
    const stack = broadcast(left.slice(0, -2), right.slice(0, -2)) ?? refuse(node, "cannot broadcast its inputs to one shape");
    return [{ shape: [...stack, left.at(-2) ?? 1, right.at(-1) ?? 1] }];
  },
  terms: ({ shape }) => shape(0).slice(-1),
  differentiate(context) {
    const { node, builder, outputGradient, needsGradient, name, shape, outputShape } = context;
    const [left = "", right = ""] = node.inputs;
    const stack = outputShape(0).slice(0, -2);
    const flip = (suffix: string, value: string, dims: Shape): string =>
      builder.node("Transpose", name(suffix), [value], { perm: ints([...dims.keys()].map((axis) => flipLastTwo(axis, dims.length))) });
    return [
      needsGradient(0)
        ? sumToShape(
            context,
            builder.node("MatMul", name("product0"), [outputGradient, flip("right", right, shape(1))]),
            [...stack, ...shape(0).slice(-2)],
            shape(0),
            "input0",
          )
        : null,
      needsGradient(1)
        ? sumToShape(
            context,
            builder.node("MatMul", name("product1"), [flip("left", left, shape(0)), outputGradient]),
            [...stack, ...shape(1).slice(-2)],
            shape(1),
            "input1",
          )
        : null,
    ];
  },
};

function flipLastTwo(axis: number, rank: number): number {
  return axis === rank - 1 ? rank - 2 : axis === rank - 2 ? rank - 1 : axis;
}
