/** Pow with a constant exponent: gradient * exponent * x^(exponent - 1). */
import type { OperatorRule } from "./operatorRule.ts";
import { refuse } from "./refuse.ts";
import { inferBroadcast, sumToShape } from "./sumToShape.ts";

export const powRule: OperatorRule = {
  operator: "Pow",
  infer: inferBroadcast,
  differentiate(context) {
    const { node, builder, outputGradient, wants, name, constant, shape, outputShape } = context;
    if (wants(1)) refuse(node, "has an exponent that depends on the image: its gradient is not supported");
    if (!wants(0)) return [null, null];
    const exponent = constant(1);
    if (exponent === null || exponent.type === "int64") return refuse(node, "needs an exponent that is a constant 32-bit float");
    const less = builder.floats(
      name("less"),
      exponent.dims,
      Float32Array.from(exponent.data, (value) => value - 1),
    );
    const power = builder.node("Pow", name("power"), [node.inputs[0] ?? "", less]);
    const slope = builder.node("Mul", name("slope"), [power, node.inputs[1] ?? ""]);
    const gradient = builder.node("Mul", name("product"), [outputGradient, slope]);
    return [sumToShape(context, gradient, outputShape(0), shape(0), "input"), null];
  },
};
