/** Sigmoid: gradient * y * (1 - y). */
import { pointwise } from "./pointwise.ts";

export const sigmoidRule = pointwise("Sigmoid", ({ make, constant, gradient, y }) =>
  make("Mul", "input", [make("Mul", "scaled", [gradient, y]), make("Sub", "rest", [constant("one", 1), y])]),
);
