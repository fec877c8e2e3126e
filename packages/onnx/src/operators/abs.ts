/** Abs: the sign of the input; 0 at 0. */
import { pointwise } from "./pointwise.ts";

export const absRule = pointwise("Abs", ({ make, gradient, x }) => make("Mul", "input", [gradient, make("Sign", "sign", [x])]));
