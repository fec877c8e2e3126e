/** All supported operators. A new operator is one file in this folder and one line below. */
import { absRule } from "./abs.ts";
import { addRule } from "./add.ts";
import { averagePoolRule } from "./averagePool.ts";
import { batchNormalizationRule } from "./batchNormalization.ts";
import { castRule } from "./cast.ts";
import { clipRule } from "./clip.ts";
import { concatRule } from "./concat.ts";
import { constantOfShapeRule } from "./constantOfShape.ts";
import { convRule } from "./conv.ts";
import { convTransposeRule } from "./convTranspose.ts";
import { divRule } from "./div.ts";
import { eluRule } from "./elu.ts";
import { equalRule } from "./equal.ts";
import { expRule } from "./exp.ts";
import { expandRule } from "./expand.ts";
import { flattenRule } from "./flatten.ts";
import { gatherRule } from "./gather.ts";
import { gemmRule } from "./gemm.ts";
import { globalAveragePoolRule } from "./globalAveragePool.ts";
import { globalMaxPoolRule } from "./globalMaxPool.ts";
import { hardSigmoidRule } from "./hardSigmoid.ts";
import { hardSwishRule } from "./hardSwish.ts";
import { identityRule } from "./identity.ts";
import { leakyReluRule } from "./leakyRelu.ts";
import { logRule } from "./log.ts";
import { logSoftmaxRule } from "./logSoftmax.ts";
import { lrnRule } from "./lrn.ts";
import { matMulRule } from "./matMul.ts";
import { maxRule } from "./max.ts";
import { maxPoolRule } from "./maxPool.ts";
import { minRule } from "./min.ts";
import { mulRule } from "./mul.ts";
import { negRule } from "./neg.ts";
import type { OperatorRule } from "./operatorRule.ts";
import { padRule } from "./pad.ts";
import { powRule } from "./pow.ts";
import { preluRule } from "./prelu.ts";
import { reciprocalRule } from "./reciprocal.ts";
import { reduceL1Rule } from "./reduceL1.ts";
import { reduceL2Rule } from "./reduceL2.ts";
import { reduceLogSumRule } from "./reduceLogSum.ts";
import { reduceLogSumExpRule } from "./reduceLogSumExp.ts";
import { reduceMaxRule } from "./reduceMax.ts";
import { reduceMeanRule } from "./reduceMean.ts";
import { reduceMinRule } from "./reduceMin.ts";
import { reduceProdRule } from "./reduceProd.ts";
import { reduceSumRule } from "./reduceSum.ts";
import { reduceSumSquareRule } from "./reduceSumSquare.ts";
import { reluRule } from "./relu.ts";
import { reshapeRule } from "./reshape.ts";
import { resizeRule } from "./resize.ts";
import { shapeRule } from "./shape.ts";
import { sigmoidRule } from "./sigmoid.ts";
import { sliceRule } from "./slice.ts";
import { softmaxRule } from "./softmax.ts";
import { softmaxCrossEntropyLossRule } from "./softmaxCrossEntropyLoss.ts";
import { softplusRule } from "./softplus.ts";
import { splitRule } from "./split.ts";
import { sqrtRule } from "./sqrt.ts";
import { squeezeRule } from "./squeeze.ts";
import { subRule } from "./sub.ts";
import { sumRule } from "./sum.ts";
import { tanhRule } from "./tanh.ts";
import { transposeRule } from "./transpose.ts";
import { unsqueezeRule } from "./unsqueeze.ts";
import { whereRule } from "./where.ts";

export const operatorRules: ReadonlyMap<string, OperatorRule> = new Map(
  [
    absRule,
    addRule,
    averagePoolRule,
    batchNormalizationRule,
    castRule,
    clipRule,
    concatRule,
    constantOfShapeRule,
    convRule,
    convTransposeRule,
    divRule,
    eluRule,
    equalRule,
    expRule,
    expandRule,
    flattenRule,
    gatherRule,
    gemmRule,
    globalAveragePoolRule,
    globalMaxPoolRule,
    hardSigmoidRule,
    hardSwishRule,
    identityRule,
    leakyReluRule,
    logRule,
    logSoftmaxRule,
    lrnRule,
    matMulRule,
    maxRule,
    maxPoolRule,
    minRule,
    mulRule,
    negRule,
    padRule,
    powRule,
    preluRule,
    reciprocalRule,
    reduceL1Rule,
    reduceL2Rule,
    reduceLogSumExpRule,
    reduceLogSumRule,
    reduceMaxRule,
    reduceMeanRule,
    reduceMinRule,
    reduceProdRule,
    reduceSumRule,
    reduceSumSquareRule,
    reluRule,
    reshapeRule,
    resizeRule,
    shapeRule,
    sigmoidRule,
    sliceRule,
    softmaxRule,
    softmaxCrossEntropyLossRule,
    softplusRule,
    splitRule,
    sqrtRule,
    squeezeRule,
    subRule,
    sumRule,
    tanhRule,
    transposeRule,
    unsqueezeRule,
    whereRule,
  ].map((rule) => [rule.operator, rule]),
);
