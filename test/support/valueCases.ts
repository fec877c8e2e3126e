/** Activations, arithmetic and reductions. */
import { float, int, ints } from "@pareidolia/onnx/graphBuilder";
import { type CaseOptions, type OperatorCase, operatorCase, simple, square, weights } from "./operatorCase.ts";

const blocked = ["batch", 16, 2, 3] as const;

const activations: readonly OperatorCase[] = [
  simple("Relu", "Relu"),
  operatorCase("Clip, Relu6 by inputs", { range: [-8, 11] }, (builder, x) =>
    builder.node("Clip", "y", [x, builder.floats("low", [], Float32Array.of(0)), builder.floats("high", [], Float32Array.of(6))]),
  ),
  operatorCase("Clip, only an upper bound", {}, (builder, x) =>
    builder.node("Clip", "y", [x, "", builder.floats("high", [], Float32Array.of(0.7))]),
  ),
  simple("Clip, by attributes", "Clip", { min: float(-0.45), max: float(0.9) }, { opset: 6 + 1 }),
  simple("LeakyRelu", "LeakyRelu", { alpha: float(0.1) }),
  operatorCase("PRelu, a slope per channel", {}, (builder, x) => builder.node("PRelu", "y", [x, weights(builder, "slope", [3, 1, 1])])),
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
  operatorCase("Pow", { range: [0.5, 2] }, (builder, x) =>
    builder.node("Pow", "y", [x, builder.floats("exponent", [], Float32Array.of(1.7))]),
  ),
  operatorCase("Pow, integer exponent", {}, (builder, x) => builder.node("Pow", "y", [x, builder.integers("exponent", [3], [])])),
  operatorCase("Pow of zeros, exponents with zeros", {}, (builder, x) => {
    const rectified = builder.node("Relu", "r", [x]);
    const list = builder.floats("list", [7], Float32Array.of(0, 1, 2, 0, 3, 1, 0));
    const powers = [builder.floats("nil", [], Float32Array.of(0)), list].map((exponent, at) =>
      builder.node("Pow", `p${at}`, [rectified, exponent]),
    );
    return builder.node("Sum", "y", [x, ...powers]);
  }),
  simple("Softmax, last axis", "Softmax"),
  simple("Softmax, channels", "Softmax", { axis: int(1) }),
  operatorCase("Softmax, negative axis after a pooling", {}, (builder, x) =>
    builder.node("Softmax", "y", [builder.node("MaxPool", "p", [x], square(2, 2))], { axis: int(-3) }),
  ),
  simple("Softmax, flattened before operator set 13", "Softmax", { axis: int(1) }, { opset: 11, x: ["batch", 3, 2, 2] }),
  simple("Softmax, negative axis before operator set 13", "Softmax", { axis: int(-2) }, { opset: 12, x: ["batch", 2, 3, 2] }),
  simple("LogSoftmax", "LogSoftmax", { axis: int(1) }),
  simple("LogSoftmax, flattened before operator set 13", "LogSoftmax", {}, { opset: 9, x: ["batch", 3, 2, 2] }),
  simple("LRN", "LRN", { size: int(3), alpha: float(0.5), beta: float(0.75), bias: float(1.5) }, { x: ["batch", 6, 2, 3] }),
  simple("LRN, wider than its channels, default attributes", "LRN", { size: int(7), alpha: float(0.9) }, { x: ["batch", 3, 2, 2] }),
  operatorCase("BatchNormalization", { opset: 8 }, (builder, x) => {
    const parts = ["scale", "shift", "mean"].map((name) => weights(builder, name, [3]));
    return builder.node("BatchNormalization", "y", [x, ...parts, weights(builder, "variance", [3], [0.5, 2])], { epsilon: float(0.01) });
  }),
];

function binary(title: string, operator: string, dims: readonly number[], options: CaseOptions & { swapped?: boolean } = {}): OperatorCase {
  return operatorCase(`${operator}, ${title}`, options, (builder, x) => {
    const other = weights(builder, "other", dims, [0.5, 2]);
    return builder.node(operator, "y", options.swapped ? [other, x] : [x, other]);
  });
}

const arithmetic: readonly OperatorCase[] = [
  ...["Add", "Sub", "Mul", "Div"].flatMap((operator) => [
    binary("a value per channel", operator, [3, 1, 1], { range: [0.5, 3] }),
    binary("broadcasting the image", operator, [2, 3, 6, 4], { x: [2, 3, 1, 4], range: [0.5, 3] }),
    binary("as second input, with fewer axes", operator, [2, 3, 2, 4], { x: [2, 1], range: [0.5, 3], swapped: true }),
  ]),
  operatorCase("Mul, a value with itself", {}, (builder, x) => builder.node("Mul", "y", [x, x])),
  operatorCase("Div, two functions of the image", { range: [0.5, 3] }, (builder, x) =>
    builder.node("Div", "y", [builder.node("Sigmoid", "s", [x]), builder.node("Tanh", "t", [x])]),
  ),
  operatorCase("Sum of three", {}, (builder, x) =>
    builder.node("Sum", "y", [x, builder.node("Relu", "r", [x]), weights(builder, "w", [7])]),
  ),
  operatorCase("Max of two", {}, (builder, x) => builder.node("Max", "y", [x, builder.node("Neg", "n", [x])])),
  operatorCase("Min of three", {}, (builder, x) =>
    builder.node("Min", "y", [x, builder.floats("c", [1], Float32Array.of(0.3)), builder.node("Exp", "e", [x])]),
  ),
  operatorCase("Where", {}, (builder, x) => {
    const equal = builder.node("Equal", "mask", [
      builder.floats("ones", [7], Float32Array.of(1, 0, 1, 1, 0, 0, 1)),
      builder.floats("one", [], Float32Array.of(1)),
    ]);
    return builder.node("Where", "y", [equal, x, builder.node("Exp", "e", [x])]);
  }),
  operatorCase("Where, a condition from the image", { x: ["batch", 3, 4], range: [-2.4, 2.6] }, (builder, x) => {
    const truth = builder.node("Cast", "truth", [builder.node("Cast", "whole", [x], { to: int(7) })], { to: int(9) });
    const numbers = builder.floats("numbers", [4], Float32Array.of(1, 2, 3, 4));
    const mask = builder.node("Equal", "mask", [
      builder.node("Cast", "number", [truth], { to: int(1) }),
      builder.floats("one", [], Float32Array.of(1)),
    ]);
    return builder.node("Where", "y", [mask, builder.node("Mul", "m", [x, numbers]), builder.node("Exp", "e", [x])]);
  }),
  ...(
    [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ] as const
  ).map(([transA, transB]) =>
    operatorCase(`Gemm, transA ${transA}, transB ${transB}, scaled`, { x: transA === 0 ? ["batch", 5] : [5, 2] }, (builder, x) =>
      builder.node("Gemm", "y", [x, weights(builder, "w", transB === 0 ? [5, 4] : [4, 5]), weights(builder, "c", [4])], {
        transA: int(transA),
        transB: int(transB),
        alpha: float(0.5),
        beta: float(2),
      }),
    ),
  ),
  operatorCase("Gemm, the image as second input", { x: [5, 4] }, (builder, x) =>
    builder.node("Gemm", "y", [weights(builder, "w", [5, 3]), x], { transA: int(1), alpha: float(3) }),
  ),
  operatorCase("Gemm, the image as bias", { x: [4] }, (builder, x) =>
    builder.node("Gemm", "y", [weights(builder, "a", [3, 5]), weights(builder, "w", [5, 4]), x], { beta: float(0.5) }),
  ),
  operatorCase("MatMul by a vector", {}, (builder, x) => builder.node("MatMul", "y", [x, weights(builder, "w", [7])])),
  operatorCase("MatMul of rows by a vector", { x: ["batch", 9], opset: 7 }, (builder, x) =>
    builder.node("MatMul", "y", [x, weights(builder, "w", [9])]),
  ),
  operatorCase("MatMul of a vector by images", {}, (builder, x) => builder.node("MatMul", "y", [weights(builder, "w", [6]), x])),
  operatorCase("MatMul of two vectors", { x: [5] }, (builder, x) => builder.node("MatMul", "y", [weights(builder, "w", [5]), x])),
  operatorCase("MatMul by a matrix", {}, (builder, x) => builder.node("MatMul", "y", [x, weights(builder, "w", [7, 4])])),
  operatorCase("MatMul, the image as second input, broadcasting a matrix", {}, (builder, x) =>
    builder.node("MatMul", "y", [weights(builder, "w", [5, 6]), x]),
  ),
  operatorCase("MatMul, the image broadcast", { x: [3, 4] }, (builder, x) =>
    builder.node("MatMul", "y", [x, weights(builder, "w", [2, 4, 5])]),
  ),
];

const reduceAxes = { axes: ints([2, 3]) };
const reductions: readonly OperatorCase[] = [
  ...["ReduceMean", "ReduceMax", "ReduceMin", "ReduceL1", "ReduceL2", "ReduceSumSquare", "ReduceLogSumExp", "ReduceProd"].flatMap(
    (operator) => [
      simple(`${operator}, axes as an attribute`, operator, reduceAxes, { opset: 13, range: [-2.1, 2] }),
      operatorCase(`${operator}, axes as an input, not kept`, { range: [-2.1, 2] }, (builder, x) =>
        builder.node(operator, "y", [x, builder.integers("axes", [-1])], { keepdims: int(0) }),
      ),
    ],
  ),
  simple("ReduceSum, axes as an attribute", "ReduceSum", { axes: ints([1]), keepdims: int(0) }, { opset: 11 }),
  simple("ReduceMean over everything", "ReduceMean", {}, { x: [2, 3, 4] }),
  // Over no axes, each number is reduced individually.
  ...["Sum", "Mean", "Max", "Min", "Prod", "L1", "L2", "SumSquare", "LogSum", "LogSumExp"].flatMap((kind) => {
    const options: CaseOptions = { x: ["batch", 3, 4], range: kind === "LogSum" ? [0.5, 3] : [-2.1, 2] };
    return [
      simple(`Reduce${kind} over no axes`, `Reduce${kind}`, { noop_with_empty_axes: int(1), keepdims: int(0) }, options),
      operatorCase(`Reduce${kind} over an empty list of axes`, options, (builder, x) =>
        builder.node(`Reduce${kind}`, "y", [x, builder.integers("axes", [])], { noop_with_empty_axes: int(1) }),
      ),
    ];
  }),
  operatorCase("ReduceMax over channels after a pooling, not kept", { range: [-2.1, 2] }, (builder, x) =>
    builder.node("ReduceMax", "y", [builder.node("AveragePool", "p", [x], square(2, 2)), builder.integers("axes", [1])], {
      keepdims: int(0),
    }),
  ),
  operatorCase("ReduceSum, axes as an input", {}, (builder, x) => builder.node("ReduceSum", "y", [x, builder.integers("axes", [1, 2])])),
  simple("ReduceLogSum, axes as an attribute", "ReduceLogSum", reduceAxes, { opset: 13, range: [0.5, 3] }),
  operatorCase("ReduceLogSum, axes as an input, not kept", { range: [0.5, 3] }, (builder, x) =>
    builder.node("ReduceLogSum", "y", [x, builder.integers("axes", [-1])], { keepdims: int(0) }),
  ),
  operatorCase("ReduceProd with one and two zeros in a row", { x: ["batch", 3, 5] }, (builder, x) => {
    const mask = builder.floats("mask", [3, 5], Float32Array.of(1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0, 1));
    return builder.node("ReduceProd", "y", [builder.node("Mul", "m", [x, mask]), builder.integers("axes", [2])]);
  }),
];

export const valueCases: readonly OperatorCase[] = [...activations, ...arithmetic, ...reductions];
