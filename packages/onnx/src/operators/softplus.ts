/** Softplus: the slope is the sigmoid. */
import { pointwise } from "./pointwise.ts";

export const softplusRule = pointwise("Softplus", ({ make, gradient, x }) =>
  make("Mul", "input", [gradient, make("Sigmoid", "slope", [x])]),
);
