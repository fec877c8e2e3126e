/** Relu. The gate reads the output, positive exactly where the input is, so that the engine may fuse the Relu into what comes before it. */
import { gateAbove } from "../gradients/gate.ts";
import type { OperatorRule } from "./operatorRule.ts";

export const reluRule: OperatorRule = {
  operator: "Relu",
  infer: ({ shape }) => [{ shape: shape(0) }],
  differentiate({ node, builder, outputGradient, needsGradient, name, shape }) {
    if (!needsGradient(0)) return [null];
    const gate = gateAbove(builder, { name, value: node.outputs[0] ?? "", shape: shape(0), bound: 0 });
    return [builder.node("Mul", name("input"), [outputGradient, gate])];
  },
};
