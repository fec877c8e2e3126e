/** Reciprocal: -gradient * y^2. */
import { pointwise } from "./pointwise.ts";

export const reciprocalRule = pointwise("Reciprocal", ({ make, gradient, y }) =>
  make("Neg", "input", [make("Mul", "scaled", [gradient, make("Mul", "square", [y, y])])]),
);
