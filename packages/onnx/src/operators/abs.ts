/** Abs: gradient * sign(x), which is 0 at 0. */
import { pointwise } from "./pointwise.ts";

export const absRule = pointwise("Abs", ({ make, gradient, x }) => make("Mul", "input", [gradient, make("Sign", "sign", [x])]));
