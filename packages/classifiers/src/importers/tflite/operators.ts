/** Supported TFLite operators by code in schema.fbs (BuiltinOperator). A new operator is one line here. */
import { activation, binary, extreme, identity, leakyRelu, localResponseNormalization, prelu, softmax } from "./arithmetic.ts";
import { averagePool2d, conv2d, depthwiseConv2d, maxPool2d, transposeConv } from "./convolutions.ts";
import type { ImportOperator } from "./importOperator.ts";
import { fullyConnected, reshape, reshapeToDeclared } from "./rows.ts";
import { concatenation, mirrorPad, pad, reduction, resizeBilinear, resizeNearest, split, splitV, transpose } from "./shapes.ts";
import { batchToSpace, spaceToBatch } from "./spaceToBatch.ts";
import { slice, stridedSlice } from "./stridedSlice.ts";

export const tfliteOperators: ReadonlyMap<number, ImportOperator> = new Map([
  [0, binary("Add")],
  [1, averagePool2d],
  [2, concatenation],
  [3, conv2d],
  [4, depthwiseConv2d],
  [6, identity], // DEQUANTIZE
  [9, fullyConnected],
  [13, localResponseNormalization],
  [14, activation("sigmoid")], // LOGISTIC
  [17, maxPool2d],
  [18, binary("Mul")],
  [19, activation("relu")],
  [20, activation("relu-1-1")],
  [21, activation("relu6")],
  [22, reshape],
  [23, resizeBilinear],
  [25, softmax],
  [28, activation("tanh")],
  [34, pad],
  [37, batchToSpace],
  [38, spaceToBatch],
  [39, transpose],
  [40, reduction("ReduceMean")],
  [41, binary("Sub")],
  [42, binary("Div")],
  [43, reshapeToDeclared], // SQUEEZE
  [45, stridedSlice],
  [49, split],
  [50, activation("log-softmax")],
  [54, prelu],
  [55, extreme("Max")],
  [57, extreme("Min")],
  [60, pad], // PADV2
  [65, slice],
  [67, transposeConv],
  [70, reshapeToDeclared], // EXPAND_DIMS
  [82, reduction("ReduceMax")],
  [97, resizeNearest],
  [98, leakyRelu],
  [100, mirrorPad],
  [102, splitV],
  [111, activation("elu")],
  [114, identity], // QUANTIZE
  [117, activation("hard-swish")],
]);
