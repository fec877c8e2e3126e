/** Exp: gradient * y. */
import { pointwise } from "./pointwise.ts";

export const expRule = pointwise("Exp", ({ make, gradient, y }) => make("Mul", "input", [gradient, y]));
