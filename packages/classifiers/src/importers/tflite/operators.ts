/** The operators of TFLite that are imported, by their code in schema.fbs (BuiltinOperator). A new one is a line here. */
import { activation, binary, fullyConnected, leakyRelu, sameNumbers, softmax } from "./arithmetic.ts";
import { averagePool2d, conv2d, depthwiseConv2d, maxPool2d } from "./convolutions.ts";
import type { ImportOperator } from "./importOperator.ts";
import { concatenation, mean, pad, reshape, resizeBilinear, resizeNearest, transpose } from "./shapes.ts";

export const tfliteOperators: ReadonlyMap<number, ImportOperator> = new Map([
  [0, binary("Add")],
  [1, averagePool2d],
  [2, concatenation],
  [3, conv2d],
  [4, depthwiseConv2d],
  [6, sameNumbers], // DEQUANTIZE
  [9, fullyConnected],
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
  [39, transpose],
  [40, mean],
  [41, binary("Sub")],
  [42, binary("Div")],
  [43, reshape], // SQUEEZE
  [60, pad], // PADV2
  [70, reshape], // EXPAND_DIMS
  [97, resizeNearest],
  [98, leakyRelu],
  [111, activation("elu")],
  [114, sameNumbers], // QUANTIZE
  [117, activation("hard-swish")],
]);
