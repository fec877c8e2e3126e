/**
 * Relu. The gate is a hard sigmoid with a slope so steep that it is a step (0 at and below zero, 1 above): it costs a
 * fraction of a comparison followed by a selection in onnxruntime.
 */
import { float } from "../graphBuilder.ts";
import type { GradientRule } from "./gradientRule.ts";

export const reluRule: GradientRule = {
  operator: "Relu",
  differentiate({ node, builder, outputGradient, wants, name }) {
    if (!wants(0)) return [null];
    const gate = builder.node("HardSigmoid", name("gate"), [node.inputs[0] ?? ""], { alpha: float(1e30), beta: float(0) });
    return [builder.node("Mul", name("input"), [outputGradient, gate])];
  },
};
