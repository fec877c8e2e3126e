/** Every operator with a gradient rule. A new operator is one file here and one line below. */
import { convRule } from "./conv.ts";
import { flattenRule } from "./flatten.ts";
import { gemmRule } from "./gemm.ts";
import type { GradientRule } from "./gradientRule.ts";
import { maxPoolRule } from "./maxPool.ts";
import { reluRule } from "./relu.ts";
import { softmaxCrossEntropyLossRule } from "./softmaxCrossEntropyLoss.ts";

export const gradientRules: ReadonlyMap<string, GradientRule> = new Map(
  [convRule, flattenRule, gemmRule, maxPoolRule, reluRule, softmaxCrossEntropyLossRule].map((rule) => [rule.operator, rule]),
);
