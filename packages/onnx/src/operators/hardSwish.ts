/** HardSwish, x * h(x), where h is the hard sigmoid of slope 1/6: the slope is h(x) + x h'(x). */
import { float } from "../graphBuilder.ts";
import { gateAbove, gateBelow } from "./gate.ts";
import { pointwise } from "./pointwise.ts";

export const hardSwishRule = pointwise("HardSwish", ({ builder, name, make, constant, gradient, x, shape }) => {
  const gated = { name, value: x, shape };
  const hard = builder.node("HardSigmoid", name("hard"), [x], { alpha: float(1 / 6), beta: float(0.5) });
  const inside = make("Mul", "inside", [gateAbove(builder, { ...gated, bound: -3 }), gateBelow(builder, { ...gated, bound: 3 })]);
  const ramp = make("Mul", "ramp", [make("Mul", "sixth", [x, constant("slope", 1 / 6)]), inside]);
  return make("Mul", "input", [gradient, make("Add", "whole", [hard, ramp])]);
});
