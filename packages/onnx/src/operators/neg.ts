/** Neg, for a difference that a network spells as a sum. */
import { pointwise } from "./pointwise.ts";

export const negRule = pointwise("Neg", ({ make, gradient }) => make("Neg", "input", [gradient]));
