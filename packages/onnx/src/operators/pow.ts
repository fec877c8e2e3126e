/** Pow with a constant exponent: gradient * exponent * x^(exponent - 1), and nothing where the exponent is 0, at x = 0 too. */

import { sumToShape } from "../gradients/sumToShape.ts";
import { refuse } from "../nodes/refuse.ts";
import { inferBroadcast } from "../shapes/broadcasting.ts";
import type { OperatorRule } from "./operatorRule.ts";

export const powRule: OperatorRule = {
  operator: "Pow",
  infer: inferBroadcast,
  differentiate(context) {
    const { node, builder, outputGradient, needsGradient, name, constant, shape, outputShape } = context;
    if (needsGradient(1)) refuse(node, "has an exponent that depends on the image: its gradient is not supported");
    if (!needsGradient(0)) return [null, null];
    const exponent = constant(1);
    if (exponent === null) return refuse(node, "has an exponent that is not constant: its gradient is not supported");
    const exponents = Float32Array.from(exponent.data as ArrayLike<number | bigint>, Number);
    const less = builder.floats(
      name("less"),
      exponent.dims,
      exponents.map((value) => (value === 0 ? 0 : value - 1)),
    );
    const power = builder.node("Pow", name("power"), [node.inputs[0] ?? "", less]);
    const slope = builder.node("Mul", name("slope"), [power, builder.floats(name("exponent"), exponent.dims, exponents)]);
    const gradient = builder.node("Mul", name("product"), [outputGradient, slope]);
    return [sumToShape(context, gradient, outputShape(0), shape(0), "input"), null];
  },
};
