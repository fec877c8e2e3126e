/** Mul: gradient times the other factor. */
import { product } from "../shapes/shape.ts";
import { arithmetic } from "./arithmetic.ts";

export const mulRule = arithmetic(
  "Mul",
  (left, right) => product([left, right]),
  ({ node, builder, outputGradient, name }, input) =>
    builder.node("Mul", name(`product${input}`), [outputGradient, node.inputs[1 - input] ?? ""]),
);
