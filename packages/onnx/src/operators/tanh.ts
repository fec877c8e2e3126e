/** Tanh: gradient * (1 - y^2). */
import { pointwise } from "./pointwise.ts";

export const tanhRule = pointwise("Tanh", ({ make, constant, gradient, y }) =>
  make("Mul", "input", [gradient, make("Sub", "slope", [constant("one", 1), make("Mul", "square", [y, y])])]),
);
