/** Networks for images of any size, bound to the size of their pre-processing. */
import { prepareModel } from "@pareidolia/classifiers/engines/prepareModel";
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import { bindImageSize } from "@pareidolia/onnx/bindImageSize";
import { inputGradientGraph } from "@pareidolia/onnx/gradientGraph";
import type { Graph, ValueInfo } from "@pareidolia/onnx/graph";
import { GraphBuilder, int, ints } from "@pareidolia/onnx/graphBuilder";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { describe, expect, it } from "vitest";
import { drawValues, openGraph } from "../../support/onnxGraphs.ts";

const preprocessing: Preprocessing = { width: 7, height: 5, channels: 3, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [255] };
const labels = ["a", "b", "c", "d"];

/** Operators that need known sizes: windows, a mean (its gradient divides by the size) and a Resize. */
function network(dims: ValueInfo["dims"], layout: Preprocessing["layout"] = "NCHW"): Graph {
  const builder = new GraphBuilder("anySize");
  const input = builder.input({ name: "x", type: "float32", dims });
  const image = layout === "NCHW" ? input : builder.node("Transpose", "planes", [input], { perm: ints([0, 3, 1, 2]) });
  const filters = builder.floats("filters", [4, 3, 3, 3], drawValues(3, 108));
  const features = builder.node("Conv", "features", [image, filters], { pads: ints([1, 1, 1, 1]), strides: ints([2, 2]) });
  const scales = builder.floats("scales", [4], Float32Array.of(1, 1, 2, 2));
  const larger = builder.node("Resize", "larger", [features, "", scales], { mode: { kind: "string", value: "linear" } });
  const means = builder.node("ReduceMean", "means", [larger, builder.integers("sides", [2, 3])], { keepdims: int(0) });
  builder.output({ name: means, type: "float32", dims: ["N", 4] });
  return builder.build();
}

const inputDims = (graph: Graph) => graph.inputs.find(({ name }) => name === "x")?.dims;

describe("a network for images of any size", () => {
  it.each<[string, ValueInfo["dims"], Preprocessing["layout"], ValueInfo["dims"]]>([
    ["its sides", ["N", 3, "h", "w"], "NCHW", ["N", 3, 5, 7]],
    ["sides of the same name", ["N", 3, "side", "side"], "NCHW", ["N", 3, 5, 7]],
    ["all sizes, without names", ["", "", "", ""], "NCHW", ["", 3, 5, 7]],
    ["its sides, channels last", ["N", "h", "w", 3], "NHWC", ["N", 5, 7, 3]],
    ["one side, in an export of one image", [1, 3, 5, "w"], "NCHW", [1, 3, 5, 7]],
    ["no size if all are fixed", ["N", 3, 9, 9], "NCHW", ["N", 3, 9, 9]],
    ["no size if the input is not an image", ["N", "features"], "NCHW", ["N", "features"]],
  ])("takes %s from the pre-processing", (_, dims, layout, bound) => {
    const builder = new GraphBuilder("input");
    builder.input({ name: "x", type: "float32", dims });
    expect(inputDims(bindImageSize(builder.build(), { ...preprocessing, layout }))).toEqual(bound);
  });

  it("ignores stored tensors that older files list as inputs", () => {
    const graph = network(["N", 3, "h", "w"]);
    const listed = { name: "filters", type: "float32", dims: ["n", "c", "k", "k"] } as const;
    expect(bindImageSize({ ...graph, inputs: [listed, ...graph.inputs] }, preprocessing).inputs[0]).toEqual(listed);
  });

  it.each<[Preprocessing["layout"], ValueInfo["dims"], ValueInfo["dims"]]>([
    ["NCHW", ["N", 3, "h", "w"], ["N", 3, 5, 7]],
    ["NHWC", ["N", "h", "w", "c"], ["N", 5, 7, 3]],
  ])("equals a network of that size, including its gradient: %s", async (layout, open, fixed) => {
    const prepare = (dims: ValueInfo["dims"]) =>
      prepareModel({ file: encodeModel(network(dims, layout)), preprocessing: { ...preprocessing, layout }, labels });
    expect(prepare(open).graph).toEqual(prepare(fixed).graph);
    expect(prepareModel({ graph: network(open, layout), preprocessing: { ...preprocessing, layout }, labels }).graph).toEqual(
      prepare(fixed).graph,
    );
    const session = await openGraph(inputGradientGraph(prepare(open).graph, "logits"));
    try {
      const { gradient } = await session.run({ pixels: drawValues(5, 105, [0, 255]), weights: Float32Array.of(1, 0, 0, 0) });
      expect(gradient?.some((value) => value !== 0)).toBe(true);
    } finally {
      await session.close();
    }
  });

  it("is refused for an invalid size before anything is computed from it", () => {
    expect(() => bindImageSize(network(["N", 3, "h", "w"]), { ...preprocessing, width: 1e9 })).toThrow(
      expect.objectContaining({ code: "INVALID_INPUT", message: "The width must be from 1 to 1024 pixels." }),
    );
  });
});
