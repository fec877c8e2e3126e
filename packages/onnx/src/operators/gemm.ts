/** Gemm: alpha A' B' + beta C, where ' may transpose and C stretches. */

import { sumToShape } from "../gradients/sumToShape.ts";
import type { Attribute } from "../graph.ts";
import { float, int } from "../graphBuilder.ts";
import { floatOr, intOr } from "../nodes/attributeValues.ts";
import type { GradientContext, OperatorRule } from "./operatorRule.ts";

export const gemmRule: OperatorRule = {
  operator: "Gemm",
  infer({ node, shape }) {
    const rows = shape(0)[intOr(node, "transA", 0) === 0 ? 0 : 1] ?? 1;
    const columns = shape(1)[intOr(node, "transB", 0) === 0 ? 1 : 0] ?? 1;
    return [{ shape: [rows, columns] }];
  },
  terms: ({ node, shape }) => [shape(0)[intOr(node, "transA", 0) === 0 ? 1 : 0] ?? 1],
  differentiate(context) {
    const { node, outputGradient, builder, needsGradient, name } = context;
    const [left = "", right = ""] = node.inputs;
    const transA = intOr(node, "transA", 0);
    const transB = intOr(node, "transB", 0);
    const alpha = floatOr(node, "alpha", 1);
    const scaled: Record<string, Attribute> = alpha === 1 ? {} : { alpha: float(alpha) };
    const times = (suffix: string, inputs: [string, string], transposes: [number, number]): string =>
      builder.node("Gemm", name(suffix), inputs, {
        ...scaled,
        ...(transposes[0] === 1 ? { transA: int(1) } : {}),
        ...(transposes[1] === 1 ? { transB: int(1) } : {}),
      });
    return [
      !needsGradient(0)
        ? null
        : transA === 0
          ? times("input", [outputGradient, right], [0, 1 - transB])
          : times("input", [right, outputGradient], [transB, 1]),
      !needsGradient(1)
        ? null
        : transB === 0
          ? times("weights", [left, outputGradient], [1 - transA, 0])
          : times("weights", [outputGradient, left], [1, transA]),
      node.inputs.length > 2 && needsGradient(2) ? biasGradient(context) : null,
    ];
  },
};

function biasGradient(context: GradientContext): string {
  const { node, builder, name, outputGradient, outputShape, shape } = context;
  const beta = floatOr(node, "beta", 1);
  const share =
    beta === 1
      ? outputGradient
      : builder.node("Mul", name("scaledBias"), [outputGradient, builder.floats(name("beta"), [], Float32Array.of(beta))]);
  return sumToShape(context, share, outputShape(0), shape(2), "bias");
}
