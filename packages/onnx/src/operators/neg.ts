/** Neg: gradient * -1. */
import { pointwise } from "./pointwise.ts";

export const negRule = pointwise("Neg", ({ make, gradient }) => make("Neg", "input", [gradient]));
