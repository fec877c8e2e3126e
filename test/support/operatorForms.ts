/** Every operator and its odd shapes, one row a form: a graph from `x` to `y` as a file of that operator set would hold it. */
import type { Attribute, Graph } from "@pareidolia/onnx/graph";
import { float, GraphBuilder, int, ints } from "@pareidolia/onnx/graphBuilder";
import { drawValues } from "./onnxGraphs.ts";

export interface OperatorForm {
  readonly title: string;
  readonly graph: Graph;
  /** Where the values of `x` lie, apart from one another and from the operator's corners. */
  readonly range: readonly [number, number];
}

interface FormOptions {
  readonly x?: readonly (number | string)[];
  readonly range?: readonly [number, number];
  readonly opset?: number;
}

const text = (value: string): Attribute => ({ kind: "string", value });
const image = ["batch", 3, 6, 7] as const;
const blocked = ["batch", 16, 2, 3] as const;

function form(title: string, options: FormOptions, build: (builder: GraphBuilder, x: string) => string): OperatorForm {
  const builder = new GraphBuilder("form");
  const x = builder.input({ name: "x", type: "float32", dims: options.x ?? image });
  const made = build(builder, x);
  const { nodes, initializers, inputs } = builder.build();
  // A normalised graph still has its output, whatever it is made by.
  const graph: Graph = {
    name: "form",
    opset: options.opset ?? 18,
    nodes,
    initializers,
    inputs,
    outputs: [{ name: made, type: "float32", dims: [] }],
  };
  return { title, graph, range: options.range ?? [-2, 2] };
}

let seed = 1;
function weights(builder: GraphBuilder, name: string, dims: readonly number[], range: readonly [number, number] = [-1, 1]): string {
  const count = dims.reduce((product, size) => product * size, 1);
  return builder.floats(name, dims, drawValues(seed++, count, range));
}

type Attributes = Readonly<Record<string, Attribute>>;

function convolution(title: string, dims: readonly number[], attributes: Attributes, options: FormOptions = {}): OperatorForm {
  return form(`Conv, ${title}`, options, (builder, x) =>
    builder.node("Conv", "y", [x, weights(builder, "w", dims), weights(builder, "b", [dims[0] ?? 1])], attributes),
  );
}

function simple(title: string, operator: string, attributes: Attributes = {}, options: FormOptions = {}): OperatorForm {
  return form(title, options, (builder, x) => builder.node(operator, "y", [x], attributes));
}

const wide = ["batch", 18, 5, 6] as const;

const convolutions: readonly OperatorForm[] = [
  convolution("plain", [4, 3, 3, 3], {}),
  convolution("many channels, by its flipped weights", [5, 18, 3, 3], { pads: ints([1, 1, 1, 1]) }, { x: wide }),
  convolution("many channels, lopsided padding", [5, 18, 3, 2], { pads: ints([2, 0, 0, 1]) }, { x: wide }),
  convolution("many channels, dilated", [5, 18, 2, 3], { dilations: ints([2, 2]), pads: ints([1, 2, 0, 2]) }, { x: wide }),
  convolution("dilated and strided", [4, 3, 2, 3], { dilations: ints([2, 2]), strides: ints([2, 1]), pads: ints([1, 1, 0, 1]) }),
  convolution("many channels, strided", [5, 18, 3, 3], { strides: ints([2, 3]), pads: ints([1, 1, 1, 1]) }, { x: wide }),
  convolution("pointwise, strided, with unread pixels", [5, 18, 1, 1], { strides: ints([2, 2]) }, { x: wide }),
  convolution("pointwise, strided, padded", [5, 18, 1, 1], { strides: ints([2, 2]), pads: ints([1, 0, 1, 2]) }, { x: wide }),
  convolution("strided with unread pixels", [4, 3, 3, 3], { strides: ints([3, 2]) }),
  convolution("padding wider than the window", [4, 3, 2, 2], { pads: ints([3, 2, 2, 3]) }),
  convolution("groups", [6, 9, 3, 3], { group: int(2), pads: ints([1, 1, 1, 1]) }, { x: wide }),
  convolution("groups of many channels", [4, 16, 3, 3], { group: int(2) }, { x: ["batch", 32, 4, 5] }),
  convolution("depthwise", [3, 1, 3, 3], { group: int(3), pads: ints([1, 1, 1, 1]) }),
  convolution("depthwise, strided", [3, 1, 3, 3], { group: int(3), strides: ints([2, 2]), pads: ints([0, 0, 1, 1]) }),
  convolution("depthwise, strided, with unread pixels", [3, 1, 2, 2], { group: int(3), strides: ints([4, 5]) }),
  convolution("depthwise, two filters a channel", [6, 1, 3, 2], { group: int(3), strides: ints([1, 2]), pads: ints([1, 0, 0, 1]) }),
  convolution("depthwise, dilated", [3, 1, 2, 2], { group: int(3), dilations: ints([3, 2]), pads: ints([1, 1, 1, 1]) }),
  convolution("same padding above", [4, 3, 3, 4], { auto_pad: text("SAME_UPPER"), strides: ints([2, 2]) }),
  convolution("same padding below", [4, 3, 4, 3], { auto_pad: text("SAME_LOWER"), strides: ints([1, 2]) }),
  convolution("valid padding", [4, 3, 2, 2], { auto_pad: text("VALID") }, { opset: 7 }),
];

function transposed(title: string, dims: readonly number[], attributes: Attributes): OperatorForm {
  return form(`ConvTranspose, ${title}`, { x: ["batch", 4, 3, 4] }, (builder, x) =>
    builder.node("ConvTranspose", "y", [x, weights(builder, "w", dims)], attributes),
  );
}

const transposedConvolutions: readonly OperatorForm[] = [
  transposed("plain", [4, 3, 3, 3], {}),
  transposed("strided, padded", [4, 3, 3, 3], { strides: ints([2, 2]), pads: ints([1, 0, 1, 1]), output_padding: ints([1, 0]) }),
  transposed("groups, dilated", [4, 2, 2, 3], { group: int(2), dilations: ints([2, 1]) }),
  transposed("same padding", [4, 3, 3, 3], { auto_pad: text("SAME_UPPER"), strides: ints([2, 2]) }),
  transposed("an output of a given size", [4, 3, 3, 3], { strides: ints([2, 2]), output_shape: ints([6, 8]) }),
];

const square = (side: number, stride: number): Attributes => ({ kernel_shape: ints([side, side]), strides: ints([stride, stride]) });
const negative = { range: [-9, -1] } as const;

const poolings: readonly OperatorForm[] = [
  simple("MaxPool, windows side by side", "MaxPool", square(2, 2)),
  simple("MaxPool, windows side by side, with unread pixels", "MaxPool", square(3, 3)),
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
  simple("MaxPool, same padding", "MaxPool", { ...square(3, 2), auto_pad: text("SAME_UPPER") }, { opset: 8 }),
  simple("AveragePool, plain", "AveragePool", square(2, 2)),
  simple("AveragePool, overlapping, padding left out", "AveragePool", { ...square(3, 2), pads: ints([1, 1, 1, 1]) }),
  simple("AveragePool, padding counted", "AveragePool", { ...square(3, 2), pads: ints([1, 0, 1, 2]), count_include_pad: int(1) }),
  simple("AveragePool, ceil mode", "AveragePool", { ...square(3, 2), ceil_mode: int(1) }, { opset: 10 }),
  simple("AveragePool, same padding, of stride 1", "AveragePool", { ...square(4, 1), auto_pad: text("SAME_LOWER") }),
  simple("AveragePool, gaps between windows", "AveragePool", square(1, 2)),
  simple("AveragePool, most of the image unread", "AveragePool", square(2, 5), { opset: 7 }),
  simple("GlobalAveragePool", "GlobalAveragePool"),
  simple("GlobalMaxPool", "GlobalMaxPool"),
];

const activations: readonly OperatorForm[] = [
  simple("Relu", "Relu"),
  form("Clip, Relu6 by inputs", { range: [-8, 11] }, (builder, x) =>
    builder.node("Clip", "y", [x, builder.floats("low", [], Float32Array.of(0)), builder.floats("high", [], Float32Array.of(6))]),
  ),
  form("Clip, only above", {}, (builder, x) => builder.node("Clip", "y", [x, "", builder.floats("high", [], Float32Array.of(0.7))])),
  simple("Clip, by attributes", "Clip", { min: float(-0.45), max: float(0.9) }, { opset: 6 + 1 }),
  simple("LeakyRelu", "LeakyRelu", { alpha: float(0.1) }),
  form("PRelu, a slope a channel", {}, (builder, x) => builder.node("PRelu", "y", [x, weights(builder, "slope", [3, 1, 1])])),
  simple("Elu", "Elu", { alpha: float(0.8) }),
  simple("Softplus", "Softplus"),
  simple("Sigmoid", "Sigmoid"),
  simple("Tanh", "Tanh"),
  simple("HardSigmoid", "HardSigmoid", { alpha: float(0.25), beta: float(0.3) }, { range: [-3, 4] }),
  simple("HardSwish", "HardSwish", {}, { range: [-5, 5.5] }),
  // Sixteen channels: the gates of onnxruntime's blocked layout.
  simple("Relu, blocked", "Relu", {}, { x: blocked }),
  simple("Clip, blocked", "Clip", { min: float(-0.45), max: float(0.9) }, { x: blocked, range: [-2, 2.1], opset: 6 + 1 }),
  simple("Clip, blocked, both bounds negative", "Clip", { min: float(-1.5), max: float(-0.3) }, { x: blocked, opset: 6 + 1 }),
  simple("LeakyRelu, blocked", "LeakyRelu", { alpha: float(0.1) }, { x: blocked }),
  simple("HardSigmoid, blocked", "HardSigmoid", { alpha: float(0.25), beta: float(0.3) }, { x: blocked, range: [-3, 4.1] }),
  simple("HardSwish, blocked", "HardSwish", {}, { x: blocked, range: [-5, 5.5] }),
  simple("Exp", "Exp"),
  simple("Log", "Log", {}, { range: [0.5, 3] }),
  simple("Sqrt", "Sqrt", {}, { range: [0.5, 3] }),
  simple("Reciprocal", "Reciprocal", {}, { range: [0.7, 3] }),
  simple("Neg", "Neg"),
  simple("Abs", "Abs"),
  form("Pow", { range: [0.5, 2] }, (builder, x) => builder.node("Pow", "y", [x, builder.floats("exponent", [], Float32Array.of(1.7))])),
  form("Pow by a whole number that is stored as one", {}, (builder, x) =>
    builder.node("Pow", "y", [x, builder.integers("exponent", [3], [])]),
  ),
  simple("Softmax, last axis", "Softmax"),
  simple("Softmax, channels", "Softmax", { axis: int(1) }),
  simple("Softmax, flattened before operator set 13", "Softmax", { axis: int(1) }, { opset: 11, x: ["batch", 3, 2, 2] }),
  simple("Softmax, negative axis before operator set 13", "Softmax", { axis: int(-2) }, { opset: 12, x: ["batch", 2, 3, 2] }),
  simple("LogSoftmax", "LogSoftmax", { axis: int(1) }),
  simple("LogSoftmax, flattened before operator set 13", "LogSoftmax", {}, { opset: 9, x: ["batch", 3, 2, 2] }),
  simple("LRN", "LRN", { size: int(3), alpha: float(0.5), beta: float(0.75), bias: float(1.5) }, { x: ["batch", 6, 2, 3] }),
  simple("LRN, wider than its channels, by defaults", "LRN", { size: int(7), alpha: float(0.9) }, { x: ["batch", 3, 2, 2] }),
  form("BatchNormalization", { opset: 8 }, (builder, x) => {
    const parts = ["scale", "shift", "mean"].map((name) => weights(builder, name, [3]));
    return builder.node("BatchNormalization", "y", [x, ...parts, weights(builder, "variance", [3], [0.5, 2])], { epsilon: float(0.01) });
  }),
];

function binary(title: string, operator: string, dims: readonly number[], options: FormOptions & { swapped?: boolean } = {}): OperatorForm {
  return form(`${operator}, ${title}`, options, (builder, x) => {
    const other = weights(builder, "other", dims, [0.5, 2]);
    return builder.node(operator, "y", options.swapped ? [other, x] : [x, other]);
  });
}

const arithmetic: readonly OperatorForm[] = [
  ...["Add", "Sub", "Mul", "Div"].flatMap((operator) => [
    binary("a value a channel", operator, [3, 1, 1], { range: [0.5, 3] }),
    binary("stretching the image", operator, [2, 3, 6, 4], { x: [2, 3, 1, 4], range: [0.5, 3] }),
    binary("second, with fewer axes", operator, [2, 3, 2, 4], { x: [2, 1], range: [0.5, 3], swapped: true }),
  ]),
  form("Mul, a value by itself", {}, (builder, x) => builder.node("Mul", "y", [x, x])),
  form("Div, of two parts of the image", { range: [0.5, 3] }, (builder, x) =>
    builder.node("Div", "y", [builder.node("Sigmoid", "s", [x]), builder.node("Tanh", "t", [x])]),
  ),
  form("Sum of three", {}, (builder, x) => builder.node("Sum", "y", [x, builder.node("Relu", "r", [x]), weights(builder, "w", [7])])),
  form("Max of two", {}, (builder, x) => builder.node("Max", "y", [x, builder.node("Neg", "n", [x])])),
  form("Min of three", {}, (builder, x) =>
    builder.node("Min", "y", [x, builder.floats("c", [1], Float32Array.of(0.3)), builder.node("Exp", "e", [x])]),
  ),
  form("Where", {}, (builder, x) => {
    const equal = builder.node("Equal", "mask", [
      builder.floats("ones", [7], Float32Array.of(1, 0, 1, 1, 0, 0, 1)),
      builder.floats("one", [], Float32Array.of(1)),
    ]);
    return builder.node("Where", "y", [equal, x, builder.node("Exp", "e", [x])]);
  }),
  ...(
    [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ] as const
  ).map(([transA, transB]) =>
    form(`Gemm, transA ${transA}, transB ${transB}, scaled`, { x: transA === 0 ? ["batch", 5] : [5, 2] }, (builder, x) =>
      builder.node("Gemm", "y", [x, weights(builder, "w", transB === 0 ? [5, 4] : [4, 5]), weights(builder, "c", [4])], {
        transA: int(transA),
        transB: int(transB),
        alpha: float(0.5),
        beta: float(2),
      }),
    ),
  ),
  form("Gemm, the image second", { x: [5, 4] }, (builder, x) =>
    builder.node("Gemm", "y", [weights(builder, "w", [5, 3]), x], { transA: int(1), alpha: float(3) }),
  ),
  form("Gemm, the image as its bias", { x: [4] }, (builder, x) =>
    builder.node("Gemm", "y", [weights(builder, "a", [3, 5]), weights(builder, "w", [5, 4]), x], { beta: float(0.5) }),
  ),
  form("MatMul by a matrix", {}, (builder, x) => builder.node("MatMul", "y", [x, weights(builder, "w", [7, 4])])),
  form("MatMul, the image second, stretching a matrix", {}, (builder, x) =>
    builder.node("MatMul", "y", [weights(builder, "w", [5, 6]), x]),
  ),
  form("MatMul, the image stretched", { x: [3, 4] }, (builder, x) => builder.node("MatMul", "y", [x, weights(builder, "w", [2, 4, 5])])),
];

const reduceAxes = { axes: ints([2, 3]) };
const reductions: readonly OperatorForm[] = [
  ...["ReduceMean", "ReduceMax", "ReduceMin", "ReduceL1", "ReduceL2", "ReduceSumSquare", "ReduceLogSumExp", "ReduceProd"].flatMap(
    (operator) => [
      simple(`${operator}, axes as an attribute`, operator, reduceAxes, { opset: 13, range: [-2.1, 2] }),
      form(`${operator}, axes as an input, not kept`, { range: [-2.1, 2] }, (builder, x) =>
        builder.node(operator, "y", [x, builder.integers("axes", [-1])], { keepdims: int(0) }),
      ),
    ],
  ),
  simple("ReduceSum, axes as an attribute", "ReduceSum", { axes: ints([1]), keepdims: int(0) }, { opset: 11 }),
  form("ReduceSum, axes as an input", {}, (builder, x) => builder.node("ReduceSum", "y", [x, builder.integers("axes", [1, 2])])),
  simple("ReduceLogSum, axes as an attribute", "ReduceLogSum", reduceAxes, { opset: 13, range: [0.5, 3] }),
  form("ReduceLogSum, axes as an input, not kept", { range: [0.5, 3] }, (builder, x) =>
    builder.node("ReduceLogSum", "y", [x, builder.integers("axes", [-1])], { keepdims: int(0) }),
  ),
  form("ReduceProd with one and two zeros in a row", { x: ["batch", 3, 5] }, (builder, x) => {
    const mask = builder.floats("mask", [3, 5], Float32Array.of(1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0, 1));
    return builder.node("ReduceProd", "y", [builder.node("Mul", "m", [x, mask]), builder.integers("axes", [2])]);
  }),
];

const layouts: readonly OperatorForm[] = [
  form("Concat of parts of two sizes", {}, (builder, x) =>
    builder.node("Concat", "y", [x, weights(builder, "w", [2, 2, 6, 7]), builder.node("Relu", "r", [x])], { axis: int(1) }),
  ),
  form("Concat along the batch", {}, (builder, x) => builder.node("Concat", "y", [x, builder.node("Exp", "e", [x])], { axis: int(0) })),
  form("Split by an attribute, one part unused", { opset: 11 }, (builder, x) => {
    builder.node("Split", "a", [x], { axis: int(3), split: ints([2, 4, 1]) }, ["b", "c"]);
    return builder.node("Concat", "y", ["c", "a", builder.node("Tanh", "t", ["a"])], { axis: int(3) });
  }),
  form("Split evenly", {}, (builder, x) => {
    builder.node("Split", "a", [x], { axis: int(2), num_outputs: int(3) }, ["b", "c"]);
    return builder.node("Mul", "y", ["c", "b"]);
  }),
  simple("Slice by attributes", "Slice", { starts: ints([1, -3]), ends: ints([3, 1000]), axes: ints([2, 3]) }, { opset: 9 }),
  form("Slice with steps and backwards", {}, (builder, x) =>
    builder.node("Slice", "y", [
      x,
      builder.integers("starts", [-1, 1, 0]),
      builder.integers("ends", [-1000, 6, 2]),
      builder.integers("axes", [3, 2, 1]),
      builder.integers("steps", [-1, 2, 1]),
    ]),
  ),
  form("Slice backwards by twos", {}, (builder, x) =>
    builder.node("Slice", "y", [
      x,
      builder.integers("starts", [5, -1]),
      builder.integers("ends", [0, 1]),
      builder.integers("axes", [3, 2]),
      builder.integers("steps", [-2, -3]),
    ]),
  ),
  form("Gather, repeated and negative positions", {}, (builder, x) =>
    builder.node("Gather", "y", [x, builder.integers("at", [2, 0, 2, -1])], { axis: int(1) }),
  ),
  form("Gather of one position", {}, (builder, x) => builder.node("Gather", "y", [x, builder.integers("at", [4], [])], { axis: int(3) })),
  form("Gather of one channel of what a window left", {}, (builder, x) =>
    builder.node("Gather", "y", [builder.node("MaxPool", "p", [x], square(2, 2)), builder.integers("at", [-2], [])], { axis: int(1) }),
  ),
  simple("Pad by attributes", "Pad", { pads: ints([0, 0, 1, 2, 0, 1, 0, 3]), value: float(0.5) }, { opset: 10 }),
  form("Pad, cutting on one side", {}, (builder, x) => builder.node("Pad", "y", [x, builder.integers("pads", [0, 0, -1, 2, 0, 0, 1, -2])])),
  form("Pad by reflection", {}, (builder, x) =>
    builder.node("Pad", "y", [x, builder.integers("pads", [0, 0, 2, 1, 0, 0, 1, 3])], { mode: text("reflect") }),
  ),
  form("Pad by the edge, of channels", {}, (builder, x) =>
    builder.node("Pad", "y", [x, builder.integers("pads", [0, 1, 0, 0, 0, 2, 0, 0])], { mode: text("edge") }),
  ),
  simple(
    "Upsample, nearest, by an attribute",
    "Upsample",
    { mode: text("nearest"), scales: { kind: "floats", value: [1, 1, 2, 3] } },
    { opset: 7 },
  ),
  form("Upsample, linear", { opset: 9 }, (builder, x) =>
    builder.node("Upsample", "y", [x, builder.floats("scales", [4], Float32Array.of(1, 1, 2, 1.5))], { mode: text("linear") }),
  ),
  form("Resize of operator set 10", { opset: 10 }, (builder, x) =>
    builder.node("Resize", "y", [x, builder.floats("scales", [4], Float32Array.of(1, 1, 0.5, 2))], { mode: text("nearest") }),
  ),
  form("Resize of operator set 10, made smaller by no whole number", { opset: 10 }, (builder, x) =>
    builder.node("Resize", "y", [x, builder.floats("scales", [4], Float32Array.of(1, 1, 0.6, 0.4))], { mode: text("nearest") }),
  ),
  form("Resize by scales whose product with the size rounds up", { x: ["batch", 1, 10, 10] }, (builder, x) =>
    builder.node("Resize", "y", [x, "", builder.floats("scales", [4], Float32Array.of(1, 1, 0.7, 0.9))], { mode: text("linear") }),
  ),
  ...["half_pixel", "align_corners", "asymmetric", "pytorch_half_pixel"].map((kind) =>
    form(`Resize, linear, ${kind}`, {}, (builder, x) =>
      builder.node("Resize", "y", [x, "", "", builder.integers("sizes", [2, 3, 9, 5])], {
        mode: text("linear"),
        coordinate_transformation_mode: text(kind),
      }),
    ),
  ),
  ...["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"].map((kind) =>
    form(`Resize, nearest, ${kind}`, { opset: 11 }, (builder, x) =>
      builder.node(
        "Resize",
        "y",
        [x, builder.floats("roi", [0], new Float32Array()), builder.floats("scales", [4], Float32Array.of(1, 1, 1.6, 0.7))],
        {
          mode: text("nearest"),
          nearest_mode: text(kind),
        },
      ),
    ),
  ),
  form("Reshape keeping the batch", {}, (builder, x) => builder.node("Reshape", "y", [x, builder.integers("to", [0, 7, -1])])),
  form("Reshape to a shape computed from the image's", {}, (builder, x) => {
    const shape = builder.node("Shape", "shape", [x]);
    const batch = builder.node("Gather", "first", [shape, builder.integers("zero", [0], [])], { axis: int(0) });
    const row = builder.node("Unsqueeze", "row", [batch, builder.integers("axes", [0])]);
    const target = builder.node("Concat", "target", [row, builder.integers("rest", [126])], { axis: int(0) });
    return builder.node("Reshape", "y", [x, target]);
  }),
  form("Reshape of one exported image", { x: [1, 3, 6, 7] }, (builder, x) =>
    builder.node("Reshape", "y", [x, builder.integers("to", [1, 126])]),
  ),
  simple("Flatten", "Flatten", { axis: int(2) }),
  simple("Squeeze by an attribute", "Squeeze", { axes: ints([2]) }, { x: ["batch", 3, 1, 5], opset: 11 }),
  form("Squeeze by an input", { x: ["batch", 3, 1, 5] }, (builder, x) => builder.node("Squeeze", "y", [x, builder.integers("axes", [-2])])),
  simple("Unsqueeze by an attribute", "Unsqueeze", { axes: ints([1, 4]) }, { x: ["batch", 3, 5], opset: 11 }),
  form("Unsqueeze by an input", { x: ["batch", 3, 5] }, (builder, x) => builder.node("Unsqueeze", "y", [x, builder.integers("axes", [0])])),
  simple("Transpose", "Transpose", { perm: ints([0, 2, 3, 1]) }),
  form("Expand", { x: ["batch", 1, 5] }, (builder, x) => builder.node("Expand", "y", [x, builder.integers("to", [2, 1, 4, 1])])),
  form("Dropout", { opset: 7 }, (builder, x) => builder.node("Tanh", "y", [builder.node("Dropout", "d", [x], { ratio: float(0.4) })])),
  simple("Identity", "Identity"),
  simple("Cast", "Cast", { to: int(1) }),
  form("Cast to whole numbers and back, beside the image", { x: ["batch", 3, 4], range: [-2.4, 2.6] }, (builder, x) => {
    const whole = builder.node("Cast", "whole", [x], { to: int(7) });
    return builder.node("Sub", "y", [x, builder.node("Cast", "back", [whole], { to: int(1) })]);
  }),
  form("Cast of a size to a number that scales", {}, (builder, x) => {
    const shape = builder.node("Shape", "shape", [x]);
    const width = builder.node("Gather", "width", [shape, builder.integers("three", [3], [])], { axis: int(0) });
    const root = builder.node("Sqrt", "root", [builder.node("Cast", "number", [width], { to: int(1) })]);
    return builder.node("Div", "y", [x, root]);
  }),
  form("Add of sizes in a column and in a row", {}, (builder, x) => {
    const sides = builder.node("Slice", "sides", [
      builder.node("Shape", "shape", [x]),
      ...[2, 4, 0].map((bound, place) => builder.integers(`bound${place}`, [bound])),
    ]);
    const column = builder.node("Unsqueeze", "column", [sides, builder.integers("second", [1])]);
    const row = builder.node("Unsqueeze", "row", [sides, builder.integers("first", [0])]);
    const table = builder.node("Add", "table", [column, row]);
    return builder.node("Mul", "y", [
      builder.node("Slice", "corner", [
        x,
        ...[
          [0, 0],
          [2, 2],
          [2, 3],
        ].map((bounds, place) => builder.integers(`corner${place}`, bounds)),
      ]),
      builder.node("Cast", "numbers", [table], { to: int(1) }),
    ]);
  }),
  form("Constant and ConstantOfShape", {}, (builder, x) => {
    const constant = builder.node("Constant", "c", [], { value_floats: { kind: "floats", value: [1, 2, 3, 4, 5, 6, 7] } });
    const filled = builder.node("ConstantOfShape", "f", [builder.integers("to", [6, 7])], {
      value: { kind: "tensor", value: { name: "v", dims: [1], type: "float32", data: Float32Array.of(0.5) } },
    });
    return builder.node("Add", "y", [builder.node("Mul", "m", [x, constant]), filled]);
  }),
];

export const operatorForms: readonly OperatorForm[] = [
  ...convolutions,
  ...transposedConvolutions,
  ...poolings,
  ...activations,
  ...arithmetic,
  ...reductions,
  ...layouts,
];
