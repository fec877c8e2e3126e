/** Transpose: the gradient takes the inverse permutation. */
import type { GraphNode } from "../graph.ts";
import { ints } from "../graphBuilder.ts";
import { findInts } from "../nodes/attributeValues.ts";
import { transposeContents } from "../shapes/contents.ts";
import type { OperatorRule } from "./operatorRule.ts";

export const transposeRule: OperatorRule = {
  operator: "Transpose",
  infer({ node, shape, contents }) {
    const order = orderOf(node, shape(0).length);
    const values = contents(0);
    return [
      {
        shape: order.map((axis) => shape(0)[axis] ?? 1),
        contents: values === null ? undefined : transposeContents({ values, shape: shape(0) }, order),
      },
    ];
  },
  differentiate({ node, builder, outputGradient, needsGradient, name, shape }) {
    if (!needsGradient(0)) return [null];
    const order = orderOf(node, shape(0).length);
    const inverse = order.map((_, axis) => order.indexOf(axis));
    return [builder.node("Transpose", name("input"), [outputGradient], { perm: ints(inverse) })];
  },
};

function orderOf(node: GraphNode, rank: number): readonly number[] {
  return findInts(node, "perm") ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
}
