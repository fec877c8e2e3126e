/** Windows along one axis: N x channels x length. */
import { int, ints } from "@pareidolia/onnx/graphBuilder";
import { type Attributes, type CaseOptions, type OperatorCase, operatorCase, simple, text, weights } from "./operatorCase.ts";

const rows = ["batch", 3, 13] as const;
const wide = ["batch", 18, 11] as const;

function convolution(title: string, dims: readonly number[], attributes: Attributes, options: CaseOptions = {}): OperatorCase {
  return operatorCase(`Conv along one axis, ${title}`, { x: rows, ...options }, (builder, x) =>
    builder.node("Conv", "y", [x, weights(builder, "w", dims), weights(builder, "b", [dims[0] ?? 1])], attributes),
  );
}

function transposed(title: string, dims: readonly number[], attributes: Attributes): OperatorCase {
  return operatorCase(`ConvTranspose along one axis, ${title}`, { x: ["batch", 4, 6] }, (builder, x) =>
    builder.node("ConvTranspose", "y", [x, weights(builder, "w", dims)], attributes),
  );
}

const pooling = (title: string, operator: string, attributes: Attributes, options: CaseOptions = {}): OperatorCase =>
  simple(`${operator} along one axis, ${title}`, operator, attributes, { x: rows, ...options });

export const oneAxisCases: readonly OperatorCase[] = [
  convolution("plain", [4, 3, 3], {}),
  convolution("strided, dilated, padded", [4, 3, 3], { strides: ints([2]), dilations: ints([2]), pads: ints([1, 2]) }),
  convolution("many channels", [16, 18, 3], { kernel_shape: ints([3]), pads: ints([1, 1]) }, { x: wide }),
  convolution("depthwise, same padding", [3, 1, 4], { group: int(3), auto_pad: text("SAME_LOWER") }),
  operatorCase("Conv along one axis, computed filters", { x: rows }, (builder, x) => {
    const filters = builder.node("Tanh", "filters", [weights(builder, "w", [4, 3, 3])]);
    return builder.node("Conv", "y", [x, filters], { pads: ints([1, 1]) });
  }),
  transposed("plain", [4, 3, 3], {}),
  transposed("strided, padded, output padding", [4, 3, 3], { strides: ints([2]), pads: ints([1, 0]), output_padding: ints([1]) }),
  transposed("given output size", [4, 3, 3], { strides: ints([2]), output_shape: ints([12]) }),
  operatorCase("BatchNormalization along one axis", { x: rows }, (builder, x) => {
    const channels = ["scale", "bias", "mean"].map((name) => weights(builder, name, [3]));
    return builder.node("BatchNormalization", "y", [x, ...channels, weights(builder, "variance", [3], [0.2, 1])]);
  }),
  pooling("ceil mode", "MaxPool", { kernel_shape: ints([3]), strides: ints([2]), ceil_mode: int(1), pads: ints([1, 0]) }),
  pooling("dilated, all negative", "MaxPool", { kernel_shape: ints([3]), dilations: ints([2]) }, { range: [-9, -1] }),
  pooling("padding counted", "AveragePool", { kernel_shape: ints([3]), strides: ints([2]), pads: ints([1, 1]), count_include_pad: int(1) }),
  pooling("same padding", "AveragePool", { kernel_shape: ints([4]), strides: ints([3]), auto_pad: text("SAME_UPPER") }, { opset: 7 }),
  pooling("global", "GlobalAveragePool", {}),
  pooling("global", "GlobalMaxPool", {}),
];
