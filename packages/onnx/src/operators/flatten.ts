/** Flatten only renames positions, so its gradient takes the input's shape again. */
import type { GradientRule } from "./gradientRule.ts";

export const flattenRule: GradientRule = {
  operator: "Flatten",
  differentiate({ node, builder, outputGradient, wants, name }) {
    if (!wants(0)) return [null];
    const shape = builder.node("Shape", name("shape"), [node.inputs[0] ?? ""]);
    return [builder.node("Reshape", name("input"), [outputGradient, shape])];
  },
};
