import type { Attribute } from "@pareidolia/onnx/graph";
import { GraphBuilder, int, ints } from "@pareidolia/onnx/graphBuilder";
import { normalise } from "@pareidolia/onnx/normalise";
import { describe, expect, it } from "vitest";
import { openGraph } from "../../support/onnxGraphs.ts";

/** A network from the image `x` to `y`, with the nodes that `add` adds. */
function network(add: (builder: GraphBuilder) => void, opset = 18) {
  const builder = new GraphBuilder("network");
  builder.input({ name: "x", type: "float32", dims: ["batch", 3, 6, 7] });
  add(builder);
  builder.output({ name: "y", type: "float32", dims: [] });
  return { ...builder.build(), opset };
}

const windows: Readonly<Record<string, Attribute>> = { kernel_shape: ints([2, 2]) };
const filters = (builder: GraphBuilder): string => builder.floats("w", [4, 3, 2, 2], new Float32Array(48));

describe("normalising", () => {
  it.each<[string, ReturnType<typeof network>, string]>([
    [
      "a slice with a step of 0, which would never end",
      network((builder) => {
        const bounds = [5, 0, 3, 0].map((bound, place) => builder.integers(`bound${place}`, [bound]));
        builder.node("Slice", "y", ["x", ...bounds]);
      }),
      'Slice node "y" has a step of 0',
    ],
    [
      "a constant whose shape depends on the image",
      network((builder) => {
        builder.node("ConstantOfShape", "y", [builder.node("Cast", "sizes", ["x"], { to: int(7) })]);
      }),
      'ConstantOfShape node "y" has a shape that is not constant',
    ],
    ...[8, 13, 14, 17, 18, 19, 20, 21, 99].map((to): [string, ReturnType<typeof network>, string] => [
      `a cast to the element type ${to}`,
      network((builder) => builder.node("Cast", "y", ["x"], { to: int(to) })),
      `Cast node "y" casts to the element type ${to}, which is not supported`,
    ]),
    [
      "a pooling with a stride of 0",
      network((builder) => builder.node("MaxPool", "y", ["x"], { ...windows, strides: ints([0, 1]) })),
      'MaxPool node "y" has a window, stride or dilation of less than 1',
    ],
    [
      "a convolution with a dilation of 0",
      network((builder) => builder.node("Conv", "y", ["x", filters(builder)], { dilations: ints([1, 0]) })),
      'Conv node "y" has a window, stride or dilation of less than 1',
    ],
    [
      "a convolution along one axis",
      network((builder) => builder.node("Conv", "y", ["x", filters(builder)], { pads: ints([1, 1]) })),
      'Conv node "y" is padded along axes other than rows and columns',
    ],
    [
      "a resize of a cropped region",
      network((builder) => {
        const corners = builder.floats("roi", [8], Float32Array.of(0, 0, 0.2, 0.2, 1, 1, 0.8, 0.8));
        builder.node("Resize", "y", ["x", corners, "", builder.integers("sizes", [1, 3, 12, 14])], {
          mode: { kind: "string", value: "linear" },
          coordinate_transformation_mode: { kind: "string", value: "tf_crop_and_resize" },
        });
      }),
      'Resize node "y" places pixels by "tf_crop_and_resize", which is not supported',
    ],
    [
      "a padding that wraps around without limit",
      network((builder) => {
        const pads = builder.integers("pads", [0, 0, 2 ** 40, 0, 0, 0, 0, 0]);
        builder.node("Pad", "y", ["x", pads], { mode: { kind: "string", value: "wrap" } });
      }, 19),
      'Pad node "y" wraps around more than 64 times',
    ],
    [
      "a transposed convolution whose output is far larger than its windows reach",
      network((builder) => {
        const transposed = builder.floats("t", [3, 4, 2, 2], new Float32Array(48));
        builder.node("ConvTranspose", "y", ["x", transposed], { strides: ints([2, 2]), output_shape: ints([14, 14]) });
      }),
      'ConvTranspose node "y" has an output shape that exceeds the reach of its windows by a stride or more',
    ],
    [
      "a dilated average over too many cells",
      network((builder) => {
        const huge = { kernel_shape: ints([2048, 2048]), dilations: ints([1, 2]), pads: ints([2000, 4000, 2000, 4000]) };
        builder.node("AveragePool", "y", ["x"], huge);
      }, 19),
      'AveragePool node "y" has dilated windows that are too large',
    ],
    [
      "column-major indices of maxima that are used",
      network((builder) => {
        builder.node("MaxPool", "p", ["x"], { ...windows, storage_order: int(1) }, ["places"]);
        builder.node("Cast", "y", ["places"], { to: int(1) });
      }),
      'MaxPool node "p" returns column-major indices',
    ],
    [
      "a slice of an open batch",
      network((builder) => {
        const bounds = [0, 1, 0].map((bound, place) => builder.integers(`bound${place}`, [bound]));
        builder.node("Slice", "y", ["x", ...bounds]);
      }),
      'Slice node "y" slices an axis of unknown size',
    ],
    [
      "windows along one axis that are padded along two",
      network((builder) => {
        const rows = builder.node("Reshape", "rows", ["x", builder.integers("to", [0, 3, 42])]);
        builder.node("MaxPool", "y", [rows], { kernel_shape: ints([2]), pads: ints([1, 1, 1, 1]) });
      }),
      'MaxPool node "y" is padded along axes that it does not have',
    ],
    ...(
      [
        ["mode", "area", 'interpolates in the mode "area"'],
        ["coordinate_transformation_mode", "constructor", 'places pixels by "constructor"'],
        ["nearest_mode", "up", 'rounds by "up"'],
        ["keep_aspect_ratio_policy", "square", 'keeps the aspect ratio by "square"'],
      ] as const
    ).map(([attribute, value, message]): [string, ReturnType<typeof network>, string] => [
      `a resize with the ${attribute} ${value}`,
      network((builder) => {
        const sizes = builder.integers("sizes", [12, 14]);
        builder.node("Resize", "y", ["x", "", "", sizes], { axes: ints([2, 3]), [attribute]: { kind: "string", value } });
      }),
      `Resize node "y" ${message}, which is not supported`,
    ]),
    [
      "a resize that keeps the aspect ratio including the batch",
      network((builder) => {
        const sizes = builder.integers("sizes", [1, 3, 12, 14]);
        builder.node("Resize", "y", ["x", "", "", sizes], { keep_aspect_ratio_policy: { kind: "string", value: "not_larger" } });
      }),
      'Resize node "y" keeps the aspect ratio of an axis of unknown size',
    ],
    [
      "a name that an upgrade needs",
      network((builder) => {
        const pooled = builder.node("MaxPool", "y.padded", ["x"], windows);
        builder.node("AveragePool", "y", [pooled], { ...windows, pads: ints([1, 1, 1, 1]), count_include_pad: int(1) });
      }),
      'needs the name "y.padded", which the network already uses',
    ],
    [
      "a mask that its operator set does not define",
      network((builder) => {
        builder.node("Dropout", "dropped", ["x"], {}, ["mask"]);
        builder.node("Cast", "y", ["mask"], { to: int(1) });
      }, 10),
      'Dropout node "dropped" returns a mask that the network uses, and operator set 10 does not define its values',
    ],
    [
      "an index outside its axis",
      network((builder) => {
        const list = builder.node("Gather", "list", [builder.node("Shape", "shape", ["x"]), builder.integers("ninth", [9])]);
        builder.node("Reshape", "y", ["x", list]);
      }),
      'Gather node "list" has an index outside its axis of 4',
    ],
    ["an operator set that is too new", network((builder) => builder.node("Relu", "y", ["x"]), 28), "operator set 28"],
  ])("refuses %s, naming the node", (_, graph, message) => {
    expect(() => normalise(graph)).toThrow(expect.objectContaining({ code: "INVALID_INPUT", message: expect.stringContaining(message) }));
  });

  it("keeps an unlimited bound that becomes an input or is concatenated", () => {
    const byAttributes = network((builder) => {
      builder.node("Slice", "y", ["x"], { starts: ints([1]), ends: ints([2 ** 63]), axes: ints([2]) });
    }, 9);
    const joined = network((builder) => {
      const value: Attribute = { kind: "tensor", value: { name: "v", dims: [1], type: "int64", data: BigInt64Array.of(2n ** 63n - 1n) } };
      const ends = builder.node("Concat", "y.ends", [builder.node("Constant", "last", [], { value })], { axis: int(0) });
      builder.node("Slice", "y", ["x", builder.integers("starts", [1]), ends, builder.integers("axes", [2])]);
    });
    for (const graph of [byAttributes, joined]) {
      const { initializers, outputs } = normalise(graph);
      expect(initializers.find(({ name }) => name === "y.ends")?.data).toEqual(BigInt64Array.of(2n ** 63n - 1n));
      expect(outputs[0]?.dims).toEqual(["batch", 3, 5, 7]);
    }
  });

  it("stores 32-bit integers as such, however they were computed", () => {
    const { initializers } = normalise(
      network((builder) => {
        const sizes = builder.node("Cast", "sizes", [builder.node("Shape", "shape", ["x"], { start: int(2) })], { to: int(6) });
        const doubled = builder.node("Add", "doubled", [sizes, sizes]);
        const whole = builder.node("Cast", "whole", ["x"], { to: int(6) });
        const chosen = builder.node("Gather", "chosen", [doubled, builder.integers("second", [1], [])], { axis: int(0) });
        builder.node("Cast", "y", [builder.node("Add", "sum", [whole, chosen])], { to: int(1) });
      }),
    );
    expect(initializers).toEqual([{ name: "chosen", dims: [], type: "int32", data: Int32Array.of(14) }]);
  });

  it("never squeezes the batch, even if it is one image", async () => {
    const builder = new GraphBuilder("squeezed");
    builder.input({ name: "x", type: "float32", dims: [1, 3, 1, 1] });
    const rows = builder.node("Squeeze", "rows", ["x"]);
    const sums = builder.node("ReduceSum", "y", [rows, builder.integers("axes", [1])]);
    builder.output({ name: sums, type: "float32", dims: [1] });
    const graph = normalise(builder.build());
    expect(graph.outputs[0]?.dims).toEqual(["batch", 1]);
    const session = await openGraph(graph);
    try {
      expect(await session.run({ x: Float32Array.of(1, 2, 3) }, 1)).toEqual({ y: Float32Array.of(6) });
      expect(await session.run({ x: Float32Array.of(1, 2, 3, 4, 5, 6) }, 2)).toEqual({ y: Float32Array.of(6, 15) });
    } finally {
      await session.close();
    }
  });

  // onnxruntime's own Pad reads memory beyond the image here.
  it("wraps around an image more than once", async () => {
    const graph = network((builder) => {
      const pads = builder.integers("pads", [0, 0, 15, 9, 0, 0, 9, 0]);
      builder.node("Pad", "y", ["x", pads], { mode: { kind: "string", value: "wrap" } });
    }, 19);
    const session = await openGraph(normalise(graph));
    try {
      const { y } = await session.run({ x: Float32Array.from({ length: 126 }, (_, index) => index) });
      const around = (at: number, before: number, size: number): number => (((at - before) % size) + size) % size;
      const pixelAt = (index: number): number =>
        Math.floor(index / 480) * 42 + around(Math.floor(index / 16) % 30, 15, 6) * 7 + around(index % 16, 9, 7);
      expect([...(y ?? [])]).toEqual(Array.from({ length: 3 * 30 * 16 }, (_, index) => pixelAt(index)));
    } finally {
      await session.close();
    }
  });

  it.each([1, 10, 11, 16])("replaces casts to element type %i with casts to 32-bit floats", (to) => {
    const graph = network((builder) => builder.node("Add", "y", ["x", builder.node("Cast", "cast", ["x"], { to: int(to) })]));
    const [cast] = normalise(graph).nodes;
    expect(cast?.attributes.get("to")).toEqual(int(1));
  });

  it("changes nothing the second time", () => {
    const graph = normalise(
      network((builder) => {
        const pooled = builder.node("AveragePool", "p", ["x"], { ...windows, pads: ints([1, 1, 1, 1]), count_include_pad: int(1) });
        builder.node("Resize", "y", [pooled, "", builder.floats("scales", [4], Float32Array.of(1, 1, 0.5, 2))], {
          mode: { kind: "string", value: "nearest" },
        });
      }, 13),
    );
    expect(normalise(graph)).toEqual(graph);
  });

  it("stores short constants of one repeated number, leaves long ones as nodes, and changes neither the second time", () => {
    const counts = [2 ** 16, 2 ** 16 + 1, 2 ** 22, 2 ** 22, 100];
    const graph = normalise(
      network((builder) => {
        const values = counts.map((count, place) => builder.node("ConstantOfShape", `c${place}`, [builder.integers(`n${place}`, [count])]));
        const sums = values.map((value, place) => builder.node("ReduceSum", `s${place}`, [value], { keepdims: int(0) }));
        builder.node("Sum", "y", ["x", ...sums]);
      }),
    );
    const left = graph.nodes.filter(({ operator }) => operator === "ConstantOfShape");
    expect(left.map(({ outputs }) => outputs)).toEqual([["c1"], ["c2"], ["c3"]]);
    expect(graph.initializers.filter(({ name }) => name.startsWith("c")).map(({ name, data }) => [name, data.length])).toEqual([
      ["c0", 2 ** 16],
      ["c4", 100],
    ]);
    expect(normalise(graph)).toEqual(graph);
  });
});
