/** PRelu: 1 above zero, a slope of its own (one a channel, as a rule) at and below it. */
import { gateAbove } from "../gradients/gate.ts";
import { refuse } from "../nodes/refuse.ts";
import type { OperatorRule } from "./operatorRule.ts";

export const preluRule: OperatorRule = {
  operator: "PRelu",
  infer: ({ shape }) => [{ shape: shape(0) }],
  differentiate({ node, builder, outputGradient, needsGradient, name, shape }) {
    if (needsGradient(1)) refuse(node, "has slopes that depend on the image: their gradient is not supported");
    if (!needsGradient(0)) return [null, null];
    const gate = gateAbove(builder, { name, value: node.inputs[0] ?? "", shape: shape(0), bound: 0 });
    const complement = builder.node("Sub", name("shut"), [builder.floats(name("one"), [], Float32Array.of(1)), gate]);
    const below = builder.node("Mul", name("below"), [complement, node.inputs[1] ?? ""]);
    return [builder.node("Mul", name("input"), [outputGradient, builder.node("Add", name("slope"), [gate, below])]), null];
  },
};
