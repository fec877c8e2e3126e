/** LeakyRelu: slope 1 above zero, alpha at and below it. */
import { floatOr } from "./attributeValues.ts";
import { gateAbove } from "./gate.ts";
import { pointwise } from "./pointwise.ts";

export const leakyReluRule = pointwise("LeakyRelu", ({ node, builder, name, make, constant, gradient, x, shape }) => {
  const alpha = floatOr(node, "alpha", 0.01);
  const gate = gateAbove(builder, { name, value: x, shape, bound: 0 });
  const slope = make("Add", "slope", [make("Mul", "scaled", [gate, constant("rest", 1 - alpha)]), constant("alpha", alpha)]);
  return make("Mul", "input", [gradient, slope]);
});
