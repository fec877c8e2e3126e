import type { Attribute } from "@pareidolia/onnx/graph";
import { GraphBuilder, int, ints } from "@pareidolia/onnx/graphBuilder";
import { normalise } from "@pareidolia/onnx/normalise";
import { describe, expect, it } from "vitest";

/** From an image `x` to `y`, by what is added. */
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
      "a slice in steps of 0, which never ends",
      network((builder) => {
        const bounds = [5, 0, 3, 0].map((bound, place) => builder.integers(`bound${place}`, [bound]));
        builder.node("Slice", "y", ["x", ...bounds]);
      }),
      'Slice node "y" cuts in steps of 0',
    ],
    [
      "a constant of a shape that the image decides",
      network((builder) => {
        builder.node("ConstantOfShape", "y", [builder.node("Cast", "sizes", ["x"], { to: int(7) })]);
      }),
      'ConstantOfShape node "y" has a shape that is not constant',
    ],
    [
      "a pooling that does not move on",
      network((builder) => builder.node("MaxPool", "y", ["x"], { ...windows, strides: ints([0, 1]) })),
      'MaxPool node "y" has a window, stride or dilation of less than 1',
    ],
    [
      "a convolution without dilation",
      network((builder) => builder.node("Conv", "y", ["x", filters(builder)], { dilations: ints([1, 0]) })),
      'Conv node "y" has a window, stride or dilation of less than 1',
    ],
    [
      "a convolution along one axis",
      network((builder) => builder.node("Conv", "y", ["x", filters(builder)], { pads: ints([1, 1]) })),
      'Conv node "y" is padded along other axes than rows and columns',
    ],
    [
      "a name that it needs for itself",
      network((builder) => {
        const pooled = builder.node("MaxPool", "y.padded", ["x"], windows);
        builder.node("AveragePool", "y", [pooled], { ...windows, pads: ints([1, 1, 1, 1]), count_include_pad: int(1) });
      }),
      'needs the name "y.padded", which the network uses already',
    ],
    ["an operator set that nobody wrote rules for", network((builder) => builder.node("Relu", "y", ["x"]), 22), "operator set 22"],
  ])("refuses %s, by the node", (_, graph, message) => {
    expect(() => normalise(graph)).toThrow(expect.objectContaining({ code: "INVALID_INPUT", message: expect.stringContaining(message) }));
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
});
