/** Identity; at inference `normalise` makes one of Dropout too. */
import type { OperatorRule } from "./operatorRule.ts";

export const identityRule: OperatorRule = {
  operator: "Identity",
  infer: ({ shape, contents }) => [{ shape: shape(0), contents: contents(0) ?? undefined }],
  differentiate: ({ outputGradient, wants }) => [wants(0) ? outputGradient : null],
};
