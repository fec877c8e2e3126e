/** The operators that tfjs engines support. */
import type { OperatorTwin } from "../operatorTwin.ts";
import { arithmeticTwins } from "./arithmetic.ts";
import { averagePoolTwin } from "./averagePool.ts";
import { batchNormalizationTwin } from "./batchNormalization.ts";
import { constantOfShapeTwin, gatherTwin } from "./constants.ts";
import { convTwin } from "./conv.ts";
import { convTransposeTwin } from "./convTranspose.ts";
import { globalAveragePoolTwin, globalMaxPoolTwin } from "./globalPooling.ts";
import { concatTwin, sliceTwin, splitTwin } from "./joining.ts";
import { lrnTwin } from "./lrn.ts";
import { gemmTwin, matMulTwin } from "./matrices.ts";
import { maxPoolTwin } from "./maxPool.ts";
import { padTwin } from "./pad.ts";
import { pointwiseTwins } from "./pointwise.ts";
import { reductionTwins } from "./reductions.ts";
import { expandTwin, flattenTwin, reshapeTwin, shapeTwin, squeezeTwin, transposeTwin, unsqueezeTwin } from "./reshaping.ts";
import { resizeTwin } from "./resize.ts";
import { logSoftmaxTwin, softmaxTwin } from "./softmax.ts";
import { equalTwin, whereTwin } from "./where.ts";

const twins: readonly OperatorTwin[] = [
  ...arithmeticTwins,
  averagePoolTwin,
  batchNormalizationTwin,
  concatTwin,
  constantOfShapeTwin,
  convTransposeTwin,
  convTwin,
  equalTwin,
  expandTwin,
  flattenTwin,
  gatherTwin,
  gemmTwin,
  globalAveragePoolTwin,
  globalMaxPoolTwin,
  logSoftmaxTwin,
  lrnTwin,
  matMulTwin,
  maxPoolTwin,
  padTwin,
  ...pointwiseTwins,
  ...reductionTwins,
  reshapeTwin,
  resizeTwin,
  shapeTwin,
  sliceTwin,
  softmaxTwin,
  splitTwin,
  squeezeTwin,
  transposeTwin,
  unsqueezeTwin,
  whereTwin,
];

export const operatorTwins: ReadonlyMap<string, OperatorTwin> = new Map(twins.map((twin) => [twin.operator, twin]));
