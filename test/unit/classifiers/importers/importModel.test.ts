import { importModel } from "@pareidolia/classifiers/importers/importModel";
import { AppError } from "@pareidolia/core/appError";
import { GraphBuilder, int, ints } from "@pareidolia/onnx/graphBuilder";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { describe, expect, it } from "vitest";
import { runImageGraph } from "../../../support/runGraph.ts";

/** A network as many exporters write it: for a batch of one, which a Reshape repeats. */
function exportedForOne(operator = "Relu"): Uint8Array {
  const builder = new GraphBuilder("one");
  const image = builder.input({ name: "image", type: "float32", dims: [1, 2, 2, 2] });
  builder.floats(
    "filters",
    [3, 2, 2, 2],
    Float32Array.from({ length: 24 }, (_, at) => at - 11),
  );
  const features = builder.node("Conv", "features", [image, "filters"], { kernel_shape: ints([2, 2]) });
  const gate = builder.node(operator, "gate", [features]);
  builder.integers("shape", [1, 3]);
  const rows = builder.node("Reshape", "rows", [gate, "shape"]);
  builder.output({ name: builder.node("Softmax", "scores", [rows], { axis: int(1) }), type: "float32", dims: [1, 3] });
  return encodeModel(builder.build());
}

describe("a model file", () => {
  it("may be an ONNX file for one image, and then accepts any number", async () => {
    const graph = importModel(exportedForOne());
    expect(graph.inputs[0]?.dims[0]).toBe("batch");
    expect(graph.outputs[0]?.dims).toEqual(["batch", 3]);
    const images = [0.01, 0.02].map((scale) => Float32Array.from({ length: 8 }, (_, at) => scale * at));
    const [first, second] = await runImageGraph(graph, images);
    const [alone] = await runImageGraph(graph, images.slice(1));
    expect(second).toEqual(alone);
    expect(first).not.toEqual(second);
  });

  it("is refused naming the unsupported operator", () => {
    expect(() => importModel(exportedForOne("NonMaxSuppression"))).toThrow(/gate.*NonMaxSuppression/);
  });

  it.each([
    ["nothing", new Uint8Array(0)],
    ["an image", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10)],
    ["words", new TextEncoder().encode("dear network, ")],
    ["JSON without a model", new TextEncoder().encode('  { "format": "layers-model" }')],
  ])("is refused if it is %s", (_, bytes) => {
    expect(() => importModel(bytes)).toThrow(AppError);
  });
});
