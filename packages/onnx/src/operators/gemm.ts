/** Gemm as a fully connected layer: y = x W^T + b, with alpha and beta 1. */
import { AppError } from "@pareidolia/core/appError";
import { int } from "../graphBuilder.ts";
import { floatOr, intOr } from "./attributeValues.ts";
import type { GradientRule } from "./gradientRule.ts";

export const gemmRule: GradientRule = {
  operator: "Gemm",
  differentiate({ node, builder, outputGradient, wants, name }) {
    const [input = "", weights = ""] = node.inputs;
    const scaled = floatOr(node, "alpha", 1) !== 1 || floatOr(node, "beta", 1) !== 1;
    if (intOr(node, "transA", 0) !== 0 || intOr(node, "transB", 0) !== 1 || scaled)
      throw new AppError("INVALID_INPUT", `Gemm ${node.name} is not of the form x W^T + b: its gradient is not supported.`);
    const inputGradient = wants(0) ? builder.node("Gemm", name("input"), [outputGradient, weights]) : null;
    const weightGradient = wants(1) ? builder.node("Gemm", name("weights"), [outputGradient, input], { transA: int(1) }) : null;
    let biasGradient: string | null = null;
    if (node.inputs.length > 2 && wants(2))
      biasGradient = builder.node("ReduceSum", name("bias"), [outputGradient, builder.integers(name("axes"), [0])], { keepdims: int(0) });
    return [inputGradient, weightGradient, biasGradient];
  },
};
