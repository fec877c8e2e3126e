/** Identity. `normalise` replaces Dropout with it. */
import type { OperatorRule } from "./operatorRule.ts";

export const identityRule: OperatorRule = {
  operator: "Identity",
  infer: ({ shape, contents }) => [{ shape: shape(0), contents: contents(0) ?? undefined }],
  differentiate: ({ outputGradient, needsGradient }) => [needsGradient(0) ? outputGradient : null],
};
