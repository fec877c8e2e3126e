/** HardSigmoid, max(0, min(1, alpha x + beta)): alpha strictly between the two corners. */
import { floatOr } from "./attributeValues.ts";
import { gateAbove, gateBelow } from "./gate.ts";
import { pointwise } from "./pointwise.ts";

export const hardSigmoidRule = pointwise("HardSigmoid", ({ node, builder, name, make, constant, gradient, y }) => {
  const inside = make("Mul", "inside", [gateAbove(builder, name("low"), y, 0), gateBelow(builder, name("high"), y, 1)]);
  return make("Mul", "input", [gradient, make("Mul", "slope", [inside, constant("alpha", floatOr(node, "alpha", 0.2))])]);
});
