/** Cast. A normalised graph computes in 32-bit floats throughout, so a cast between float types passes its gradient on. */
import { int } from "../graphBuilder.ts";
import type { OperatorRule } from "./operatorRule.ts";

export const castRule: OperatorRule = {
  operator: "Cast",
  infer: ({ shape, contents }) => [{ shape: shape(0), contents: contents(0) ?? undefined }],
  differentiate: ({ builder, outputGradient, wants, name }) => [
    wants(0) ? builder.node("Cast", name("input"), [outputGradient], { to: int(1) }) : null,
  ],
};
