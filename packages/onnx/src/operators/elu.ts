/** Elu: slope 1 above zero and y + alpha below, where y = alpha (exp(x) - 1). */
import { floatOr } from "./attributeValues.ts";
import { gateAbove } from "./gate.ts";
import { pointwise } from "./pointwise.ts";

export const eluRule = pointwise("Elu", ({ node, builder, name, make, constant, gradient, x, y, shape }) => {
  const gate = gateAbove(builder, { name, value: x, shape, bound: 0 });
  const complement = make("Sub", "shut", [constant("one", 1), gate]);
  const below = make("Mul", "below", [complement, make("Add", "shifted", [y, constant("alpha", floatOr(node, "alpha", 1))])]);
  return make("Mul", "input", [gradient, make("Add", "slope", [gate, below])]);
});
