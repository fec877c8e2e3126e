/** Clip between constant bounds, either of which may be absent; Relu6 is one. The gates read the output, as Relu's does. */

import { gateAbove, gateBelow, gateBetween } from "../gradients/gate.ts";
import type { Tensor } from "../graph.ts";
import { refuse } from "../nodes/refuse.ts";
import type { GradientContext, OperatorRule } from "./operatorRule.ts";

export const clipRule: OperatorRule = {
  operator: "Clip",
  infer: ({ shape }) => [{ shape: shape(0) }],
  differentiate(context) {
    const { node, builder, outputGradient, needsGradient, name, shape } = context;
    if (!needsGradient(0)) return [null];
    const low = bound(context, 1);
    const high = bound(context, 2);
    const gated = { name, value: node.outputs[0] ?? "", shape: shape(0) };
    if (low === null && high === null) return [outputGradient];
    const gate =
      high === null
        ? gateAbove(builder, { ...gated, bound: low ?? 0 })
        : low === null
          ? gateBelow(builder, { ...gated, bound: high })
          : gateBetween(builder, { ...gated, low, high });
    return [builder.node("Mul", name("input"), [outputGradient, gate])];
  },
};

/** Null if the bound is absent or infinite. Exporters use the largest float for "no bound". */
function bound({ node, constant }: GradientContext, input: number): number | null {
  if ((node.inputs[input] ?? "") === "") return null;
  const tensor: Tensor | null = constant(input);
  if (tensor === null || tensor.type !== "float32" || tensor.data.length !== 1)
    return refuse(node, "has a bound that is not one constant number: its gradient is not supported");
  const value = tensor.data[0] ?? 0;
  return Math.abs(value) > 3e38 ? null : value;
}
