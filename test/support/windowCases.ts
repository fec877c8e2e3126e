/** Windows over rows and columns: convolutions and poolings. */
import { int, ints } from "@pareidolia/onnx/graphBuilder";
import { type Attributes, type CaseOptions, type OperatorCase, operatorCase, simple, square, text, weights } from "./operatorCase.ts";

function convolution(title: string, dims: readonly number[], attributes: Attributes, options: CaseOptions = {}): OperatorCase {
  return operatorCase(`Conv, ${title}`, options, (builder, x) =>
    builder.node("Conv", "y", [x, weights(builder, "w", dims), weights(builder, "b", [dims[0] ?? 1])], attributes),
  );
}

const wide = ["batch", 18, 5, 6] as const;
const large = ["batch", 2, 11, 13] as const;
const largeStrides = { gradientBy: "DepthToSpace" } as const;

const convolutions: readonly OperatorCase[] = [
  convolution("plain", [4, 3, 3, 3], {}),
  convolution("many channels, gradient by flipped weights", [5, 18, 3, 3], { pads: ints([1, 1, 1, 1]) }, { x: wide }),
  convolution("many channels, asymmetric padding", [5, 18, 3, 2], { pads: ints([2, 0, 0, 1]) }, { x: wide }),
  convolution("many channels, dilated", [5, 18, 2, 3], { dilations: ints([2, 2]), pads: ints([1, 2, 0, 2]) }, { x: wide }),
  convolution("six channels to four", [4, 6, 3, 3], { pads: ints([1, 1, 1, 1]) }, { x: ["batch", 6, 5, 6] }),
  convolution("nine channels, to sixteen, adjacent windows", [16, 9, 2, 2], { strides: ints([2, 2]) }, { x: ["batch", 9, 6, 6] }),
  convolution("dilated and strided", [4, 3, 2, 3], { dilations: ints([2, 2]), strides: ints([2, 1]), pads: ints([1, 1, 0, 1]) }),
  convolution("many channels, strided", [5, 18, 3, 3], { strides: ints([2, 3]), pads: ints([1, 1, 1, 1]) }, { x: wide }),
  convolution("pointwise, strided, with unread pixels", [5, 18, 1, 1], { strides: ints([2, 2]) }, { x: wide }),
  convolution("pointwise, strided, padded", [5, 18, 1, 1], { strides: ints([2, 2]), pads: ints([1, 0, 1, 2]) }, { x: wide }),
  convolution("strided with unread pixels", [4, 3, 3, 3], { strides: ints([3, 2]) }),
  convolution(
    "few channels, large strides",
    [16, 2, 5, 6],
    { strides: ints([4, 4]), pads: ints([1, 2, 0, 1]) },
    { x: large, ...largeStrides },
  ),
  convolution("large strides with unread pixels", [16, 3, 4, 9], { strides: ints([4, 4]) }, { x: ["batch", 3, 11, 12], ...largeStrides }),
  convolution(
    "strides larger than the window",
    [16, 1, 2, 3],
    { strides: ints([4, 4]), pads: ints([3, 0, 4, 2]) },
    { x: ["batch", 1, 8, 11], ...largeStrides },
  ),
  convolution(
    "strides much larger than the window",
    [16, 16, 3, 2],
    { strides: ints([5, 5]), pads: ints([0, 3, 2, 0]) },
    { x: ["batch", 16, 8, 11], ...largeStrides },
  ),
  convolution("many channels, pointwise, large strides", [16, 18, 1, 1], { strides: ints([4, 4]) }, { x: ["batch", 18, 6, 9] }),
  convolution("many channels, one window, huge strides", [16, 18, 3, 3], { strides: ints([2 ** 30, 2 ** 30]) }, { x: wide }),
  convolution("depthwise, one window, huge strides", [3, 1, 3, 3], { group: int(3), strides: ints([2 ** 30, 2]) }),
  convolution("padding wider than the window", [4, 3, 2, 2], { pads: ints([3, 2, 2, 3]) }),
  convolution("groups", [6, 9, 3, 3], { group: int(2), pads: ints([1, 1, 1, 1]) }, { x: wide }),
  convolution("groups of many channels", [4, 16, 3, 3], { group: int(2) }, { x: ["batch", 32, 4, 5] }),
  convolution("depthwise", [3, 1, 3, 3], { group: int(3), pads: ints([1, 1, 1, 1]) }),
  convolution("depthwise, strided", [3, 1, 3, 3], { group: int(3), strides: ints([2, 2]), pads: ints([0, 0, 1, 1]) }),
  convolution("depthwise, strided, with unread pixels", [3, 1, 2, 2], { group: int(3), strides: ints([4, 5]) }),
  convolution("depthwise, two filters per channel", [6, 1, 3, 2], { group: int(3), strides: ints([1, 2]), pads: ints([1, 0, 0, 1]) }),
  convolution("depthwise, dilated", [3, 1, 2, 2], { group: int(3), dilations: ints([3, 2]), pads: ints([1, 1, 1, 1]) }),
  convolution("same padding, upper", [4, 3, 3, 4], { auto_pad: text("SAME_UPPER"), strides: ints([2, 2]) }),
  convolution("same padding, lower", [4, 3, 4, 3], { auto_pad: text("SAME_LOWER"), strides: ints([1, 2]) }),
  convolution("valid padding", [4, 3, 2, 2], { auto_pad: text("VALID") }, { opset: 7 }),
];

function transposed(title: string, dims: readonly number[], attributes: Attributes): OperatorCase {
  return operatorCase(`ConvTranspose, ${title}`, { x: ["batch", 4, 3, 4] }, (builder, x) =>
    builder.node("ConvTranspose", "y", [x, weights(builder, "w", dims)], attributes),
  );
}

const transposedConvolutions: readonly OperatorCase[] = [
  transposed("plain", [4, 3, 3, 3], {}),
  transposed("strided, padded", [4, 3, 3, 3], { strides: ints([2, 2]), pads: ints([1, 0, 1, 1]), output_padding: ints([1, 0]) }),
  transposed("groups, dilated", [4, 2, 2, 3], { group: int(2), dilations: ints([2, 1]) }),
  transposed("same padding", [4, 3, 3, 3], { auto_pad: text("SAME_UPPER"), strides: ints([2, 2]) }),
  transposed("given output size", [4, 3, 3, 3], { strides: ints([2, 2]), output_shape: ints([6, 8]) }),
  transposed("same padding, gaps between windows", [4, 3, 2, 3], { auto_pad: text("SAME_UPPER"), strides: ints([3, 5]) }),
  transposed("output beyond its windows", [4, 3, 3, 2], { strides: ints([2, 3]), output_shape: ints([8, 12]) }),
  operatorCase("ConvTranspose, output beyond its windows, with a bias", { x: ["batch", 4, 3, 4] }, (builder, x) =>
    builder.node("ConvTranspose", "y", [x, weights(builder, "w", [4, 3, 2, 2]), weights(builder, "b", [3])], {
      strides: ints([3, 2]),
      output_shape: ints([9, 7]),
      auto_pad: text("SAME_LOWER"),
    }),
  ),
  transposed("odd padding, lower, groups", [4, 3, 3, 2], {
    group: int(2),
    strides: ints([3, 2]),
    auto_pad: text("SAME_LOWER"),
    output_padding: ints([1, 1]),
  }),
  transposed("dilated, asymmetric padding, output padding", [4, 2, 2, 3], {
    dilations: ints([2, 2]),
    strides: ints([2, 3]),
    pads: ints([0, 2, 1, 1]),
    output_padding: ints([1, 2]),
  }),
];

const negative = { range: [-9, -1] } as const;

/** Needs operator set 19. */
const dilatedAverage = (title: string, attributes: Attributes): OperatorCase =>
  simple(`AveragePool, dilated, ${title}`, "AveragePool", attributes, { opset: 19 });

const dilatedAverages: readonly OperatorCase[] = [
  dilatedAverage("plain", { kernel_shape: ints([2, 2]), dilations: ints([2, 3]) }),
  dilatedAverage("padding excluded", {
    kernel_shape: ints([3, 2]),
    dilations: ints([2, 2]),
    strides: ints([2, 1]),
    pads: ints([1, 1, 2, 1]),
  }),
  dilatedAverage("padding counted", {
    kernel_shape: ints([3, 2]),
    dilations: ints([1, 2]),
    pads: ints([1, 1, 0, 1]),
    count_include_pad: int(1),
  }),
  dilatedAverage("ceil mode", { kernel_shape: ints([2, 2]), dilations: ints([2, 3]), strides: ints([2, 2]), ceil_mode: int(1) }),
  dilatedAverage("ceil mode, padding counted", {
    kernel_shape: ints([2, 3]),
    dilations: ints([3, 2]),
    strides: ints([2, 3]),
    pads: ints([1, 2, 1, 0]),
    ceil_mode: int(1),
    count_include_pad: int(1),
  }),
];

/** One window per axis, with a stride larger than the window and more unread pixels than read ones, with and without padding. */
const oneWindow = (kernel: readonly number[], strides: readonly number[], [rows = 1, columns = 1]: readonly number[]): OperatorCase[] =>
  [
    { title: "", pads: [0, 0, 0, 0], sides: [rows, columns] },
    { title: ", padded", pads: [1, 1, 0, 0], sides: [rows - 1, columns - 1] },
  ].map(({ title, pads, sides }) =>
    simple(
      `AveragePool, one window of ${kernel.join(" x ")} on ${sides.join(" x ")} pixels${title}`,
      "AveragePool",
      { kernel_shape: ints(kernel), strides: ints(strides), pads: ints(pads) },
      { x: ["batch", 2, ...sides] },
    ),
  );

const poolings: readonly OperatorCase[] = [
  ...dilatedAverages,
  simple("MaxPool, unused column-major order", "MaxPool", { ...square(2, 2), storage_order: int(1) }),
  operatorCase("MaxPool, unused indices", {}, (builder, x) => {
    const pooled = builder.node("MaxPool", "p", [x], { ...square(3, 2), storage_order: int(1), pads: ints([1, 1, 1, 1]) }, ["places"]);
    return builder.node("Relu", "y", [pooled]);
  }),
  simple("MaxPool, adjacent windows", "MaxPool", square(2, 2)),
  simple("MaxPool, adjacent windows with unread pixels", "MaxPool", square(3, 3)),
  simple("MaxPool, overlapping", "MaxPool", square(3, 2)),
  simple("MaxPool, overlapping, all negative, padded", "MaxPool", { ...square(3, 2), pads: ints([1, 1, 1, 1]) }, negative),
  simple("MaxPool, gaps between windows", "MaxPool", square(1, 2)),
  simple("MaxPool, ceil mode", "MaxPool", { ...square(3, 2), ceil_mode: int(1) }, { opset: 10 }),
  simple("MaxPool, ceil mode, padded, all negative", "MaxPool", { ...square(2, 2), pads: ints([1, 1, 0, 1]), ceil_mode: int(1) }, negative),
  simple("MaxPool, dilated", "MaxPool", { kernel_shape: ints([2, 2]), dilations: ints([2, 3]) }),
  simple("MaxPool, dilated, ceil mode", "MaxPool", {
    kernel_shape: ints([2, 2]),
    dilations: ints([3, 3]),
    strides: ints([3, 2]),
    ceil_mode: int(1),
  }),
  simple(
    "MaxPool, dilated, strided, padded, all negative",
    "MaxPool",
    { kernel_shape: ints([2, 3]), dilations: ints([3, 2]), strides: ints([2, 1]), pads: ints([1, 0, 1, 2]) },
    negative,
  ),
  simple(
    "MaxPool, dilated, ceil mode, window partly outside the image",
    "MaxPool",
    { kernel_shape: ints([2, 3]), dilations: ints([3, 3]), strides: ints([4, 6]), pads: ints([0, 1, 0, 0]), ceil_mode: int(1) },
    { x: ["batch", 2, 9, 11], ...negative },
  ),
  simple("MaxPool, same padding", "MaxPool", { ...square(3, 2), auto_pad: text("SAME_UPPER") }, { opset: 8 }),
  simple("AveragePool, plain", "AveragePool", square(2, 2)),
  simple("AveragePool, overlapping, padding excluded", "AveragePool", { ...square(3, 2), pads: ints([1, 1, 1, 1]) }),
  simple("AveragePool, padding counted", "AveragePool", { ...square(3, 2), pads: ints([1, 0, 1, 2]), count_include_pad: int(1) }),
  simple("AveragePool, ceil mode", "AveragePool", { ...square(3, 2), ceil_mode: int(1) }, { opset: 10 }),
  simple("AveragePool, ceil mode, padding counted", "AveragePool", {
    ...square(4, 3),
    ceil_mode: int(1),
    pads: ints([1, 2, 0, 1]),
    count_include_pad: int(1),
  }),
  simple("AveragePool, same padding, counted", "AveragePool", { ...square(3, 2), auto_pad: text("SAME_LOWER"), count_include_pad: int(1) }),
  simple(
    "MaxPool, ceil mode, asymmetric padding, large strides",
    "MaxPool",
    { ...square(3, 4), pads: ints([2, 0, 1, 2]), ceil_mode: int(1) },
    negative,
  ),
  simple("AveragePool, same padding, stride 1", "AveragePool", { ...square(4, 1), auto_pad: text("SAME_LOWER") }),
  simple("AveragePool, gaps between windows", "AveragePool", square(1, 2)),
  simple("AveragePool, most of the image unread", "AveragePool", square(2, 5), { opset: 7 }),
  ...oneWindow([3, 2], [4, 3], [6, 4]),
  ...oneWindow([3, 2], [5, 4], [7, 5]),
  simple("GlobalAveragePool", "GlobalAveragePool"),
  simple("GlobalMaxPool", "GlobalMaxPool"),
];

export const windowCases: readonly OperatorCase[] = [...convolutions, ...transposedConvolutions, ...poolings];
