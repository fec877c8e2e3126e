/** Sqrt: gradient / (2 y). */
import { pointwise } from "./pointwise.ts";

export const sqrtRule = pointwise("Sqrt", ({ make, constant, gradient, y }) =>
  make("Div", "input", [make("Mul", "half", [gradient, constant("halved", 0.5)]), y]),
);
