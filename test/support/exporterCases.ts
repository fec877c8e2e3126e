/** Common operations as exporters write them, and cases on which engines used to disagree: empty sets, masks, integers, booleans. */
import type { Attribute } from "@pareidolia/onnx/graph";
import { type GraphBuilder, int, ints } from "@pareidolia/onnx/graphBuilder";
import { ElementType } from "@pareidolia/onnx/proto/fieldNumbers";
import { type OperatorCase, operatorCase } from "./operatorCase.ts";

const mostNegative = -(2 ** 63);
const zeros: Attribute = { kind: "tensor", value: { name: "", dims: [1], type: "int64", data: BigInt64Array.of(0n) } };

/** `F.pad` as PyTorch's older exporter writes it: amounts from the last axis on, padded with zeros, reversed in two columns. */
function padding(builder: GraphBuilder, x: string, amounts: readonly number[]): string {
  const pads = builder.integers("pads", amounts);
  const given = builder.node("Gather", "given", [builder.node("Shape", "padsShape", [pads]), builder.integers("first", [0], [])]);
  const both = builder.node("Mul", "both", [builder.integers("rank", [4]), builder.integers("two", [2])]);
  const missing = builder.node("Sub", "missing", [both, given]);
  const filled = builder.node("Concat", "filled", [pads, builder.node("ConstantOfShape", "zeros", [missing], { value: zeros })], {
    axis: int(0),
  });
  const columns = builder.node("Reshape", "columns", [filled, builder.integers("pairs", [-1, 2])]);
  const bounds = [-1, mostNegative, 0, -1].map((value, place) => builder.integers(`bound${place}`, [value]));
  const turned = builder.node("Transpose", "turned", [builder.node("Slice", "backwards", [columns, ...bounds])], { perm: ints([1, 0]) });
  const list = builder.node("Reshape", "list", [turned, builder.integers("flat", [-1])]);
  return builder.node("Pad", "y", [x, builder.node("Cast", "amounts", [list], { to: int(ElementType.int64) })]);
}

/** `x.view(x.size(0), -1)` as PyTorch's newer exporter writes it. */
function view(builder: GraphBuilder, x: string): string {
  const size = builder.node("Squeeze", "size", [builder.node("Shape", "shape", [x], { start: int(0), end: int(1) })]);
  const row = builder.node("Reshape", "row", [size, builder.integers("one", [-1])], { allowzero: int(0) });
  const target = builder.node("Concat", "target", [row, builder.integers("rest", [-1])], { axis: int(0) });
  return builder.node("Reshape", "y", [x, target], { allowzero: int(1) });
}

function asFloats(builder: GraphBuilder, name: string, value: string): string {
  return builder.node("Cast", name, [value], { to: int(ElementType.float32) });
}

/** Computes with the image cast to integers, and multiplies the image by the result, so that there is a gradient to compare. */
function timesInteger(builder: GraphBuilder, x: string, type: "int32" | "int8", compute: (whole: string) => string): string {
  const whole = builder.node("Cast", "whole", [x], { to: int(ElementType[type]) });
  return builder.node("Mul", "y", [x, asFloats(builder, "number", compute(whole))]);
}

function times(builder: GraphBuilder, value: string, x: string): string {
  return builder.node("Mul", "y", [x, asFloats(builder, "number", value)]);
}

const rows = ["batch", 3, 4] as const;

/** Booleans: whether each value, cast to an integer, is 1. */
function areOnes(builder: GraphBuilder, x: string): string {
  const whole = builder.node("Cast", "whole", [x], { to: int(ElementType.int32) });
  return builder.node("Equal", "areOnes", [
    whole,
    builder.node("Cast", "one", [builder.integers("1", [1])], { to: int(ElementType.int32) }),
  ]);
}

const masked: readonly OperatorCase[] = [12, 13, 22].map((opset) =>
  operatorCase(`Dropout's mask, set ${opset}`, { opset }, (builder, x) => {
    builder.node("Dropout", "dropped", [x], {}, ["mask"]);
    return times(builder, "mask", x);
  }),
);

const integers: readonly OperatorCase[] = [
  operatorCase("Div of integers", { x: rows, range: [-9.3, 9.2] }, (builder, x) =>
    timesInteger(builder, x, "int32", (whole) =>
      builder.node("Div", "quotient", [whole, builder.node("Cast", "four", [builder.integers("4", [4])], { to: int(ElementType.int32) })]),
    ),
  ),
  operatorCase("Clip of 8-bit integers", { x: rows, range: [-9.3, 9.2], opset: 13 }, (builder, x) => {
    const bound = (name: string, value: number): string =>
      builder.node("Cast", name, [builder.integers(`${name}64`, [value], [])], { to: int(ElementType.int8) });
    return timesInteger(builder, x, "int8", (whole) => builder.node("Clip", "clipped", [whole, bound("low", -3), bound("high", 4)]));
  }),
  ...["ReduceMax", "ReduceMin"].map((operator) =>
    operatorCase(`${operator} of booleans`, { x: rows, range: [0.6, 2.4], opset: 20 }, (builder, x) =>
      times(builder, builder.node(operator, "any", [areOnes(builder, x), builder.integers("axes", [2])]), x),
    ),
  ),
];

export const exporterCases: readonly OperatorCase[] = [
  ...[15, 18, 23, 25].map((opset) => operatorCase(`Reshape as view(x.size(0), -1), set ${opset}`, { opset }, view)),
  operatorCase("Reshape as view(1, -1) of one image, allowzero", { x: [1, 3, 6, 7] }, (builder, x) =>
    builder.node("Reshape", "y", [x, builder.integers("target", [1, -1])], { allowzero: int(1) }),
  ),
  operatorCase("Pad, as F.pad of two axes", { opset: 11 }, (builder, x) => padding(builder, x, [1, 2, 0, 1])),
  operatorCase("Pad, as F.pad that crops one side", { opset: 17 }, (builder, x) => padding(builder, x, [-1, 2])),
  operatorCase("Clip with its lower bound above its upper bound", { opset: 13 }, (builder, x) =>
    builder.node("Clip", "y", [x, builder.floats("low", [], Float32Array.of(1)), builder.floats("high", [], Float32Array.of(-1))]),
  ),
  ...["ReduceSum", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1", "ReduceSumSquare"].map((operator) =>
    operatorCase(`${operator} over an empty set`, { x: rows, opset: 18 }, (builder, x) => {
      const bounds = [2, 2, 2].map((value, place) => builder.integers(`bound${place}`, [value]));
      const reduced = builder.node(operator, "reduced", [builder.node("Slice", "nothing", [x, ...bounds]), builder.integers("axes", [2])]);
      const tamed = builder.node("Clip", "tamed", [
        reduced,
        builder.floats("low", [], Float32Array.of(-5)),
        builder.floats("high", [], Float32Array.of(5)),
      ]);
      return builder.node("Add", "y", [x, tamed]);
    }),
  ),
  ...masked,
  ...integers,
];
