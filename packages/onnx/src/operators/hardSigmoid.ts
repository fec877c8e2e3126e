/** HardSigmoid, max(0, min(1, alpha x + beta)): slope alpha strictly between the two corners, 0 elsewhere. */
import { floatOr } from "./attributeValues.ts";
import { gateBetween } from "./gate.ts";
import { pointwise } from "./pointwise.ts";

export const hardSigmoidRule = pointwise("HardSigmoid", ({ node, builder, name, make, constant, gradient, y, shape }) => {
  const inside = gateBetween(builder, { name, value: y, shape, low: 0, high: 1 });
  return make("Mul", "input", [gradient, make("Mul", "slope", [inside, constant("alpha", floatOr(node, "alpha", 0.2))])]);
});
