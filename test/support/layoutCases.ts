/** Forms of what moves, joins, cuts and pads. */
import { float, int, ints } from "@pareidolia/onnx/graphBuilder";
import { form, type OperatorCase, simple, square, text, weights } from "./operatorCase.ts";
import { resizeCases } from "./resizeCases.ts";

export const layoutCases: readonly OperatorCase[] = [
  form("Concat of parts of two sizes", {}, (builder, x) =>
    builder.node("Concat", "y", [x, weights(builder, "w", [2, 2, 6, 7]), builder.node("Relu", "r", [x])], { axis: int(1) }),
  ),
  form("Concat along the batch", {}, (builder, x) => builder.node("Concat", "y", [x, builder.node("Exp", "e", [x])], { axis: int(0) })),
  form("Concat along a negative axis", {}, (builder, x) =>
    builder.node("Concat", "y", [builder.node("MaxPool", "p", [x], square(1, 1)), x, weights(builder, "w", [2, 3, 6, 2])], {
      axis: int(-1),
    }),
  ),
  form("Split along a negative axis into parts of two sizes", {}, (builder, x) => {
    builder.node("Split", "a", [x], { axis: int(-1), num_outputs: int(2) }, ["b"]);
    return builder.node("Concat", "y", ["b", "a"], { axis: int(3) });
  }),
  form("Slice along negative axes, from beyond the end", {}, (builder, x) =>
    builder.node("Slice", "y", [
      x,
      builder.integers("starts", [-100, 100]),
      builder.integers("ends", [-2, -100]),
      builder.integers("axes", [-1, -2]),
      builder.integers("steps", [2, -2]),
    ]),
  ),
  form("Pad of two axes that are named", {}, (builder, x) =>
    builder.node("Pad", "y", [
      x,
      builder.integers("pads", [1, -1, 0, 2]),
      builder.floats("value", [], Float32Array.of(-0.75)),
      builder.integers("axes", [-1, 2]),
    ]),
  ),
  form("Split by an attribute, one part unused", { opset: 11 }, (builder, x) => {
    builder.node("Split", "a", [x], { axis: int(3), split: ints([2, 4, 1]) }, ["b", "c"]);
    return builder.node("Concat", "y", ["c", "a", builder.node("Tanh", "t", ["a"])], { axis: int(3) });
  }),
  form("Split evenly", {}, (builder, x) => {
    builder.node("Split", "a", [x], { axis: int(2), num_outputs: int(3) }, ["b", "c"]);
    return builder.node("Mul", "y", ["c", "b"]);
  }),
  form("Slice to the largest whole number, which exporters write for the end, joined from its parts", {}, (builder, x) => {
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
  form("Gather, a few positions more than once and one never", {}, (builder, x) =>
    builder.node("Gather", "y", [x, builder.integers("at", [5, 0, 2, 5, 1, 3, 6, 0])], { axis: int(3) }),
  ),
  form("Gather, one position many times between others", {}, (builder, x) =>
    builder.node("Gather", "y", [x, builder.integers("at", [3, 0, 3, 1, 3, 5, 3, 4, 3, 2, 3])], { axis: int(2) }),
  ),
  form("Gather, one position many times along the last axis", {}, (builder, x) =>
    builder.node("Gather", "y", [x, builder.integers("at", [0, 6, 0, 3, 0, 2, 0, 4, 0, 5, 0])], { axis: int(-1) }),
  ),
  form("Gather, one position over and over", {}, (builder, x) =>
    builder.node("Gather", "y", [x, builder.integers("at", [4, 4, 4])], { axis: int(2) }),
  ),
  form("Gather, channels in another order", {}, (builder, x) =>
    builder.node("Gather", "y", [x, builder.integers("at", [5, 0, 3, 1, 4, 2])], { axis: int(2) }),
  ),
  form("Gather of no position, and a Slice backwards of none, beside others", {}, (builder, x) => {
    const none = builder.node("Gather", "none", [x, builder.integers("at", [], [0])], { axis: int(2) });
    const [from, to, axis, step] = [2, 5, 2, -1].map((value, index) => builder.integers(`bound${index}`, [value]));
    const back = builder.node("Slice", "back", [x, from ?? "", to ?? "", axis ?? "", step ?? ""]);
    return builder.node("Concat", "y", [none, builder.node("Relu", "all", [x]), back], { axis: int(2) });
  }),
  form("Gather by a table", {}, (builder, x) =>
    builder.node("Gather", "y", [x, builder.integers("at", [0, 1, 1, -1, 2, 5], [2, 3])], { axis: int(-2) }),
  ),
  form("Gather by a table, of all that every image has", { x: ["batch", 4, 3] }, (builder, x) =>
    builder.node("Gather", "y", [x, builder.integers("at", [3, 0, 3, 3, 3, 1, 3, 3], [4, 1, 2])], { axis: int(1) }),
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
  form("Pad by reflection and by the edge, wider than what is left between", { x: ["batch", 1, 3, 4] }, (builder, x) => {
    const mirrored = builder.node("Pad", "m", [x, builder.integers("pads", [0, 0, 2, 3, 0, 0, 2, 3])], { mode: text("reflect") });
    return builder.node("Pad", "y", [mirrored, builder.integers("border", [0, 0, 4, 1, 0, 0, 0, 9])], { mode: text("edge") });
  }),
  form("Pad by the edge, of channels", {}, (builder, x) =>
    builder.node("Pad", "y", [x, builder.integers("pads", [0, 1, 0, 0, 0, 2, 0, 0])], { mode: text("edge") }),
  ),
  ...resizeCases,
  ...["reflect", "edge"].map((mode) =>
    form(`Pad in the mode ${mode}, cutting on some sides`, { opset: 13 }, (builder, x) =>
      builder.node("Pad", "y", [x, builder.integers("pads", [0, 0, -1, 2, 0, 0, 2, -2])], { mode: text(mode) }),
    ),
  ),
  simple("Pad by the edge, only cutting", "Pad", { pads: ints([0, 0, -1, 0, 0, 0, 0, -3]), mode: text("edge") }, { opset: 9 }),
  ...(
    [
      ["some pixels", [0, 0, 1, 2, 0, 1, 0, 3]],
      ["what was left by cutting", [0, 0, -2, 3, 0, 0, 4, -3]],
    ] as const
  ).map(([title, pads]) =>
    form(`Pad around the image, ${title}`, { opset: 19 }, (builder, x) =>
      builder.node("Pad", "y", [x, builder.integers("pads", pads)], { mode: text("wrap") }),
    ),
  ),
  form("Pad around the image, of an axis that is named", { opset: 21 }, (builder, x) =>
    builder.node("Pad", "y", [x, builder.integers("pads", [2, 1]), "", builder.integers("axes", [-1])], { mode: text("wrap") }),
  ),
  ...(
    [
      ["the batch by its one image", [1, 5]],
      ["the batch by far more", [9999, 6]],
    ] as const
  ).map(([title, ends]) =>
    form(`Slice of one exported image, naming ${title}`, { x: [1, 3, 6, 7] }, (builder, x) =>
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
    "Slice of one exported image by attributes",
    "Slice",
    { starts: ints([0, 1, 2]), ends: ints([1, 3, 6]) },
    { x: [1, 3, 6, 7], opset: 9 },
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
  simple("Flatten to one row", "Flatten", { axis: int(0) }),
  simple("Flatten along a negative axis", "Flatten", { axis: int(-1) }),
  form("Squeeze of every size of 1", { x: [2, 1, 3, 1] }, (builder, x) => builder.node("Squeeze", "y", [x])),
  form("Squeeze where nothing has the size 1", { x: ["batch", 3, 5] }, (builder, x) => builder.node("Squeeze", "y", [x])),
  simple("Transpose without an order", "Transpose"),
  form("Expand in front, and where the target has 1", { x: [3, 1] }, (builder, x) =>
    builder.node("Expand", "y", [x, builder.integers("to", [2, 1, 4])]),
  ),
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
  form("Whole numbers of 32 bits, some cut out of a constant, others made of the image", { x: ["batch", 3, 4] }, (builder, x) => {
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
  form("Cast to whole numbers that are multiplied as such, beside the image", { x: ["batch", 3, 4], range: [-2.4, 2.6] }, (builder, x) => {
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
    form(`Cast of a stored ${value.type}`, { x: ["batch", 3, 4] }, (builder, x) => {
      const tensor = { name: "v", dims: [4], ...value };
      const stored = builder.node("Constant", "stored", [], { value: { kind: "tensor", value: tensor } });
      return builder.node("Mul", "y", [x, builder.node("Cast", "factors", [stored], { to: int(1) })]);
    }),
  ),
  form("Cast to whole numbers of 16 bits and back, beside the image", { x: ["batch", 3, 4], range: [-2.4, 2.6] }, (builder, x) => {
    const whole = builder.node("Cast", "whole", [x], { to: int(5) });
    return builder.node("Sub", "y", [x, builder.node("Cast", "back", [whole], { to: int(1) })]);
  }),
  form("Cast of what is equal to a number", { x: ["batch", 3, 4], range: [-2.4, 2.6] }, (builder, x) => {
    const ones = builder.node("Equal", "ones", [builder.node("Cast", "whole", [x], { to: int(7) }), builder.integers("one", [1], [])]);
    return builder.node("Mul", "y", [x, builder.node("Cast", "mask", [ones], { to: int(1) })]);
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
