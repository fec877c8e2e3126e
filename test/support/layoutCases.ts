/** Operators that move, join, slice and pad. */
import { float, int, ints } from "@pareidolia/onnx/graphBuilder";
import { type OperatorCase, operatorCase, simple, square, text, weights } from "./operatorCase.ts";
import { resizeCases } from "./resizeCases.ts";

export const layoutCases: readonly OperatorCase[] = [
  operatorCase("Concat of parts of two sizes", {}, (builder, x) =>
    builder.node("Concat", "y", [x, weights(builder, "w", [2, 2, 6, 7]), builder.node("Relu", "r", [x])], { axis: int(1) }),
  ),
  operatorCase("Concat along the batch", {}, (builder, x) =>
    builder.node("Concat", "y", [x, builder.node("Exp", "e", [x])], { axis: int(0) }),
  ),
  operatorCase("Concat along a negative axis", {}, (builder, x) =>
    builder.node("Concat", "y", [builder.node("MaxPool", "p", [x], square(1, 1)), x, weights(builder, "w", [2, 3, 6, 2])], {
      axis: int(-1),
    }),
  ),
  operatorCase("Split along a negative axis into parts of two sizes", {}, (builder, x) => {
    builder.node("Split", "a", [x], { axis: int(-1), num_outputs: int(2) }, ["b"]);
    return builder.node("Concat", "y", ["b", "a"], { axis: int(3) });
  }),
  operatorCase("Slice along negative axes, bounds beyond the end", {}, (builder, x) =>
    builder.node("Slice", "y", [
      x,
      builder.integers("starts", [-100, 100]),
      builder.integers("ends", [-2, -100]),
      builder.integers("axes", [-1, -2]),
      builder.integers("steps", [2, -2]),
    ]),
  ),
  operatorCase("Pad of two given axes", {}, (builder, x) =>
    builder.node("Pad", "y", [
      x,
      builder.integers("pads", [1, -1, 0, 2]),
      builder.floats("value", [], Float32Array.of(-0.75)),
      builder.integers("axes", [-1, 2]),
    ]),
  ),
  operatorCase("Split by an attribute, one part unused", { opset: 11 }, (builder, x) => {
    builder.node("Split", "a", [x], { axis: int(3), split: ints([2, 4, 1]) }, ["b", "c"]);
    return builder.node("Concat", "y", ["c", "a", builder.node("Tanh", "t", ["a"])], { axis: int(3) });
  }),
  operatorCase("Split evenly", {}, (builder, x) => {
    builder.node("Split", "a", [x], { axis: int(2), num_outputs: int(3) }, ["b", "c"]);
    return builder.node("Mul", "y", ["c", "b"]);
  }),
  operatorCase("Slice to the largest int64, which exporters write for the end, with concatenated bounds", {}, (builder, x) => {
    const value = (name: string, data: bigint) =>
      builder.node("Constant", name, [], {
        value: { kind: "tensor", value: { name, dims: [1], type: "int64", data: BigInt64Array.of(data) } },
      });
    const ends = builder.node("Concat", "ends", [value("last", 2n ** 63n - 1n), value("first", -(2n ** 63n))], { axis: int(0) });
    const bounds = [
      [2, -1],
      [2, 3],
      [1, -2],
    ].map((numbers, place) => builder.integers(`bound${place}`, numbers));
    return builder.node("Slice", "y", [x, bounds[0] ?? "", ends, ...bounds.slice(1)]);
  }),
  simple("Slice by attributes", "Slice", { starts: ints([1, -3]), ends: ints([3, 1000]), axes: ints([2, 3]) }, { opset: 9 }),
  operatorCase("Slice with steps, backwards", {}, (builder, x) =>
    builder.node("Slice", "y", [
      x,
      builder.integers("starts", [-1, 1, 0]),
      builder.integers("ends", [-1000, 6, 2]),
      builder.integers("axes", [3, 2, 1]),
      builder.integers("steps", [-1, 2, 1]),
    ]),
  ),
  operatorCase("Slice backwards with larger steps", {}, (builder, x) =>
    builder.node("Slice", "y", [
      x,
      builder.integers("starts", [5, -1]),
      builder.integers("ends", [0, 1]),
      builder.integers("axes", [3, 2]),
      builder.integers("steps", [-2, -3]),
    ]),
  ),
  operatorCase("Gather, repeated and negative positions", {}, (builder, x) =>
    builder.node("Gather", "y", [x, builder.integers("at", [2, 0, 2, -1])], { axis: int(1) }),
  ),
  operatorCase("Gather, some positions repeated, one missing", {}, (builder, x) =>
    builder.node("Gather", "y", [x, builder.integers("at", [5, 0, 2, 5, 1, 3, 6, 0])], { axis: int(3) }),
  ),
  operatorCase("Gather, one position many times between others", {}, (builder, x) =>
    builder.node("Gather", "y", [x, builder.integers("at", [3, 0, 3, 1, 3, 5, 3, 4, 3, 2, 3])], { axis: int(2) }),
  ),
  operatorCase("Gather, one position many times along the last axis", {}, (builder, x) =>
    builder.node("Gather", "y", [x, builder.integers("at", [0, 6, 0, 3, 0, 2, 0, 4, 0, 5, 0])], { axis: int(-1) }),
  ),
  operatorCase("Gather, only one position, repeated", {}, (builder, x) =>
    builder.node("Gather", "y", [x, builder.integers("at", [4, 4, 4])], { axis: int(2) }),
  ),
  operatorCase("Gather, a permutation", {}, (builder, x) =>
    builder.node("Gather", "y", [x, builder.integers("at", [5, 0, 3, 1, 4, 2])], { axis: int(2) }),
  ),
  operatorCase("Gather and backward Slice of nothing, concatenated", {}, (builder, x) => {
    const none = builder.node("Gather", "none", [x, builder.integers("at", [], [0])], { axis: int(2) });
    const [from, to, axis, step] = [2, 5, 2, -1].map((value, index) => builder.integers(`bound${index}`, [value]));
    const back = builder.node("Slice", "back", [x, from ?? "", to ?? "", axis ?? "", step ?? ""]);
    return builder.node("Concat", "y", [none, builder.node("Relu", "all", [x]), back], { axis: int(2) });
  }),
  operatorCase("Gather, two-dimensional indices", {}, (builder, x) =>
    builder.node("Gather", "y", [x, builder.integers("at", [0, 1, 1, -1, 2, 5], [2, 3])], { axis: int(-2) }),
  ),
  operatorCase("Gather, three-dimensional indices", { x: ["batch", 4, 3] }, (builder, x) =>
    builder.node("Gather", "y", [x, builder.integers("at", [3, 0, 3, 3, 3, 1, 3, 3], [4, 1, 2])], { axis: int(1) }),
  ),
  operatorCase("Gather, scalar index", {}, (builder, x) =>
    builder.node("Gather", "y", [x, builder.integers("at", [4], [])], { axis: int(3) }),
  ),
  operatorCase("Gather, scalar index after a pooling", {}, (builder, x) =>
    builder.node("Gather", "y", [builder.node("MaxPool", "p", [x], square(2, 2)), builder.integers("at", [-2], [])], { axis: int(1) }),
  ),
  simple("Pad by attributes", "Pad", { pads: ints([0, 0, 1, 2, 0, 1, 0, 3]), value: float(0.5) }, { opset: 10 }),
  operatorCase("Pad, negative on some sides", {}, (builder, x) =>
    builder.node("Pad", "y", [x, builder.integers("pads", [0, 0, -1, 2, 0, 0, 1, -2])]),
  ),
  operatorCase("Pad by reflection", {}, (builder, x) =>
    builder.node("Pad", "y", [x, builder.integers("pads", [0, 0, 2, 1, 0, 0, 1, 3])], { mode: text("reflect") }),
  ),
  operatorCase("Pad by reflection, then by the edge, wider than the image", { x: ["batch", 1, 3, 4] }, (builder, x) => {
    const mirrored = builder.node("Pad", "m", [x, builder.integers("pads", [0, 0, 2, 3, 0, 0, 2, 3])], { mode: text("reflect") });
    return builder.node("Pad", "y", [mirrored, builder.integers("border", [0, 0, 4, 1, 0, 0, 0, 9])], { mode: text("edge") });
  }),
  operatorCase("Pad by the edge, of channels", {}, (builder, x) =>
    builder.node("Pad", "y", [x, builder.integers("pads", [0, 1, 0, 0, 0, 2, 0, 0])], { mode: text("edge") }),
  ),
  ...resizeCases,
  ...["reflect", "edge"].map((mode) =>
    operatorCase(`Pad in the mode ${mode}, negative on some sides`, { opset: 13 }, (builder, x) =>
      builder.node("Pad", "y", [x, builder.integers("pads", [0, 0, -1, 2, 0, 0, 2, -2])], { mode: text(mode) }),
    ),
  ),
  simple("Pad by the edge, only negative", "Pad", { pads: ints([0, 0, -1, 0, 0, 0, 0, -3]), mode: text("edge") }, { opset: 9 }),
  ...(
    [
      ["some pixels", [0, 0, 1, 2, 0, 1, 0, 3]],
      ["negative on some sides", [0, 0, -2, 3, 0, 0, 4, -3]],
    ] as const
  ).map(([title, pads]) =>
    operatorCase(`Pad by wrapping, ${title}`, { opset: 19 }, (builder, x) =>
      builder.node("Pad", "y", [x, builder.integers("pads", pads)], { mode: text("wrap") }),
    ),
  ),
  operatorCase("Pad by wrapping, a given axis", { opset: 21 }, (builder, x) =>
    builder.node("Pad", "y", [x, builder.integers("pads", [2, 1]), "", builder.integers("axes", [-1])], { mode: text("wrap") }),
  ),
  ...(
    [
      ["a batch of one", [1, 5]],
      ["a batch beyond its end", [9999, 6]],
    ] as const
  ).map(([title, ends]) =>
    operatorCase(`Slice exported for one image, with ${title}`, { x: [1, 3, 6, 7] }, (builder, x) =>
      builder.node("Slice", "y", [
        x,
        builder.integers("starts", [0, 1]),
        builder.integers("ends", ends),
        builder.integers("axes", [0, -1]),
        builder.integers("steps", [1, 2]),
      ]),
    ),
  ),
  simple(
    "Slice by attributes, exported for one image",
    "Slice",
    { starts: ints([0, 1, 2]), ends: ints([1, 3, 6]) },
    { x: [1, 3, 6, 7], opset: 9 },
  ),
  operatorCase("Reshape keeping the batch", {}, (builder, x) => builder.node("Reshape", "y", [x, builder.integers("to", [0, 7, -1])])),
  operatorCase("Reshape to a shape computed from the input's", {}, (builder, x) => {
    const shape = builder.node("Shape", "shape", [x]);
    const batch = builder.node("Gather", "first", [shape, builder.integers("zero", [0], [])], { axis: int(0) });
    const row = builder.node("Unsqueeze", "row", [batch, builder.integers("axes", [0])]);
    const target = builder.node("Concat", "target", [row, builder.integers("rest", [126])], { axis: int(0) });
    return builder.node("Reshape", "y", [x, target]);
  }),
  operatorCase("Reshape, exported for one image", { x: [1, 3, 6, 7] }, (builder, x) =>
    builder.node("Reshape", "y", [x, builder.integers("to", [1, 126])]),
  ),
  simple("Flatten", "Flatten", { axis: int(2) }),
  simple("Flatten to one row", "Flatten", { axis: int(0) }),
  simple("Flatten along a negative axis", "Flatten", { axis: int(-1) }),
  operatorCase("Squeeze of all axes of size 1", { x: [2, 1, 3, 1] }, (builder, x) => builder.node("Squeeze", "y", [x])),
  operatorCase("Squeeze without axes of size 1", { x: ["batch", 3, 5] }, (builder, x) => builder.node("Squeeze", "y", [x])),
  simple("Transpose without a permutation", "Transpose"),
  operatorCase("Expand with a new first axis and a target size of 1", { x: [3, 1] }, (builder, x) =>
    builder.node("Expand", "y", [x, builder.integers("to", [2, 1, 4])]),
  ),
  simple("Squeeze by an attribute", "Squeeze", { axes: ints([2]) }, { x: ["batch", 3, 1, 5], opset: 11 }),
  operatorCase("Squeeze by an input", { x: ["batch", 3, 1, 5] }, (builder, x) =>
    builder.node("Squeeze", "y", [x, builder.integers("axes", [-2])]),
  ),
  simple("Unsqueeze by an attribute", "Unsqueeze", { axes: ints([1, 4]) }, { x: ["batch", 3, 5], opset: 11 }),
  operatorCase("Unsqueeze by an input", { x: ["batch", 3, 5] }, (builder, x) =>
    builder.node("Unsqueeze", "y", [x, builder.integers("axes", [0])]),
  ),
  simple("Transpose", "Transpose", { perm: ints([0, 2, 3, 1]) }),
  operatorCase("Expand", { x: ["batch", 1, 5] }, (builder, x) => builder.node("Expand", "y", [x, builder.integers("to", [2, 1, 4, 1])])),
  operatorCase("Dropout", { opset: 7 }, (builder, x) =>
    builder.node("Tanh", "y", [builder.node("Dropout", "d", [x], { ratio: float(0.4) })]),
  ),
  simple("Identity", "Identity"),
  simple("Cast", "Cast", { to: int(1) }),
  operatorCase("Cast to int64 and back, subtracted", { x: ["batch", 3, 4], range: [-2.4, 2.6] }, (builder, x) => {
    const whole = builder.node("Cast", "whole", [x], { to: int(7) });
    return builder.node("Sub", "y", [x, builder.node("Cast", "back", [whole], { to: int(1) })]);
  }),
  operatorCase("int32 values, from a sliced constant and from the input", { x: ["batch", 3, 4] }, (builder, x) => {
    const value = { name: "v", dims: [6], type: "int32" as const, data: Int32Array.of(7, 3, -1, 4, 2, 9) };
    const stored = builder.node("Constant", "stored", [], { value: { kind: "tensor", value } });
    const cut = builder.node("Slice", "cut", [stored, ...[1, 5, 0].map((bound, place) => builder.integers(`bound${place}`, [bound]))]);
    const sizes = builder.node("Cast", "sizes", [builder.node("Shape", "shape", [x], { start: int(1) })], { to: int(6) });
    const width = builder.node("Gather", "width", [sizes, builder.integers("second", [1], [])], { axis: int(0) });
    const whole = builder.node("Cast", "whole", [x], { to: int(6) });
    const sum = builder.node("Sum", "y", [
      x,
      ...[cut, width].map((number) =>
        builder.node("Cast", `${number}.back`, [builder.node("Add", `${number}.sum`, [whole, number])], { to: int(1) }),
      ),
    ]);
    return sum;
  }),
  operatorCase("Cast to int32, multiplied as integers", { x: ["batch", 3, 4], range: [-2.4, 2.6] }, (builder, x) => {
    const three = { name: "v", dims: [], type: "int32" as const, data: Int32Array.of(3) };
    const factor = builder.node("Constant", "factor", [], { value: { kind: "tensor", value: three } });
    const scaled = builder.node("Mul", "scaled", [builder.node("Cast", "whole", [x], { to: int(6) }), factor]);
    return builder.node("Mul", "y", [x, builder.node("Cast", "back", [scaled], { to: int(1) })]);
  }),
  ...(
    [
      [{ type: "int16", data: Int16Array.of(7, -300, 2, -32768) }],
      [{ type: "uint16", data: Uint16Array.of(7, 300, 2, 65535) }],
      [{ type: "uint32", data: Uint32Array.of(7, 70_000, 2, 4_000_000_000) }],
    ] as const
  ).map(([value]) =>
    operatorCase(`Cast of a stored ${value.type}`, { x: ["batch", 3, 4] }, (builder, x) => {
      const tensor = { name: "v", dims: [4], ...value };
      const stored = builder.node("Constant", "stored", [], { value: { kind: "tensor", value: tensor } });
      return builder.node("Mul", "y", [x, builder.node("Cast", "factors", [stored], { to: int(1) })]);
    }),
  ),
  operatorCase("Cast to int16 and back, subtracted", { x: ["batch", 3, 4], range: [-2.4, 2.6] }, (builder, x) => {
    const whole = builder.node("Cast", "whole", [x], { to: int(5) });
    return builder.node("Sub", "y", [x, builder.node("Cast", "back", [whole], { to: int(1) })]);
  }),
  operatorCase("Cast of a comparison", { x: ["batch", 3, 4], range: [-2.4, 2.6] }, (builder, x) => {
    const ones = builder.node("Equal", "ones", [builder.node("Cast", "whole", [x], { to: int(7) }), builder.integers("one", [1], [])]);
    return builder.node("Mul", "y", [x, builder.node("Cast", "mask", [ones], { to: int(1) })]);
  }),
  operatorCase("Cast of a size, used as a factor", {}, (builder, x) => {
    const shape = builder.node("Shape", "shape", [x]);
    const width = builder.node("Gather", "width", [shape, builder.integers("three", [3], [])], { axis: int(0) });
    const root = builder.node("Sqrt", "root", [builder.node("Cast", "number", [width], { to: int(1) })]);
    return builder.node("Div", "y", [x, root]);
  }),
  operatorCase("Add of sizes, a column and a row", {}, (builder, x) => {
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
  operatorCase("Constant and ConstantOfShape", {}, (builder, x) => {
    const constant = builder.node("Constant", "c", [], { value_floats: { kind: "floats", value: [1, 2, 3, 4, 5, 6, 7] } });
    const filled = builder.node("ConstantOfShape", "f", [builder.integers("to", [6, 7])], {
      value: { kind: "tensor", value: { name: "v", dims: [1], type: "float32", data: Float32Array.of(0.5) } },
    });
    return builder.node("Add", "y", [builder.node("Mul", "m", [x, constant]), filled]);
  }),
];
