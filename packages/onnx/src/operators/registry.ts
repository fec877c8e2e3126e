/** Every operator that the platform knows. A new operator is a file here, or a rule in the file of its family, and a line below. */
import { arithmeticRules } from "./arithmetic.ts";
import { averagePoolRule } from "./averagePool.ts";
import { batchNormalizationRule } from "./batchNormalization.ts";
import { castRule } from "./cast.ts";
import { clipRule } from "./clip.ts";
import { concatRule } from "./concat.ts";
import { constantOfShapeRule } from "./constantOfShape.ts";
import { convRule } from "./conv.ts";
import { convTransposeRule } from "./convTranspose.ts";
import { equalRule } from "./equal.ts";
import { expandRule } from "./expand.ts";
import { extremeRules } from "./extremes.ts";
import { gatherRule } from "./gather.ts";
import { gemmRule } from "./gemm.ts";
import { globalPoolingRules } from "./globalPooling.ts";
import { identityRule } from "./identity.ts";
import { lrnRule } from "./lrn.ts";
import { matMulRule } from "./matMul.ts";
import { maxPoolRule } from "./maxPool.ts";
import type { OperatorRule } from "./operatorRule.ts";
import { padRule } from "./pad.ts";
import { pointwiseRules } from "./pointwise.ts";
import { powRule } from "./pow.ts";
import { preluRule } from "./prelu.ts";
import { reductionRules } from "./reductions.ts";
import { reluRule } from "./relu.ts";
import { reshapingRules } from "./reshaping.ts";
import { resizeRule } from "./resize.ts";
import { shapeRule } from "./shape.ts";
import { sliceRule } from "./slice.ts";
import { softmaxRules } from "./softmax.ts";
import { softmaxCrossEntropyLossRule } from "./softmaxCrossEntropyLoss.ts";
import { splitRule } from "./split.ts";
import { transposeRule } from "./transpose.ts";
import { whereRule } from "./where.ts";

export const operatorRules: ReadonlyMap<string, OperatorRule> = new Map(
  [
    ...arithmeticRules,
    averagePoolRule,
    batchNormalizationRule,
    castRule,
    clipRule,
    concatRule,
    constantOfShapeRule,
    convRule,
    convTransposeRule,
    equalRule,
    expandRule,
    ...extremeRules,
    gatherRule,
    gemmRule,
    ...globalPoolingRules,
    identityRule,
    lrnRule,
    matMulRule,
    maxPoolRule,
    padRule,
    ...pointwiseRules,
    powRule,
    preluRule,
    ...reductionRules,
    reluRule,
    ...reshapingRules,
    resizeRule,
    shapeRule,
    sliceRule,
    ...softmaxRules,
    softmaxCrossEntropyLossRule,
    splitRule,
    transposeRule,
    whereRule,
  ].map((rule) => [rule.operator, rule]),
);
