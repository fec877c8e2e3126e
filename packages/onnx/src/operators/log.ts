/** Log: gradient / x. */
import { pointwise } from "./pointwise.ts";

export const logRule = pointwise("Log", ({ make, gradient, x }) => make("Div", "input", [gradient, x]));
