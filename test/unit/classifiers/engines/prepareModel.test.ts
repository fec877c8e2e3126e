import { prepareModel } from "@pareidolia/classifiers/engines/prepareModel";
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import type { ValueInfo } from "@pareidolia/onnx/graph";
import { GraphBuilder, int } from "@pareidolia/onnx/graphBuilder";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { describe, expect, it } from "vitest";
import { sequentialModel, type TfjsFiles } from "../../../support/tfjsModels.ts";
import { TfliteWriter, windowsModel } from "../../../support/tfliteModels.ts";
import { zipOf } from "../../../support/zipFiles.ts";

const layouts = ["NCHW", "NHWC"] as const;

function see([height, width, channels]: readonly number[], layout: Preprocessing["layout"]): Preprocessing {
  if (height === undefined || width === undefined || (channels !== 1 && channels !== 3)) throw new Error("Not an image.");
  return { width, height, channels, channelOrder: "RGB", layout, mean: [0], deviation: [255] };
}

/** With as many rows as channels, so that sizes do not determine the layout. */
function cube(): Uint8Array {
  const net = new TfliteWriter([1, 3, 3, 3]);
  const rows = net.operator(22, [0, net.tensor([2], "int32", Int32Array.of(1, 27))], [1, 27]);
  return net.finish(rows);
}

function packed({ modelJson, shards }: TfjsFiles): Uint8Array {
  return zipOf([{ name: "model.json", content: modelJson }, ...[...shards].map(([name, content]) => ({ name, content }))]);
}

function onnx(dims: ValueInfo["dims"]): Uint8Array {
  const builder = new GraphBuilder("rows");
  const image = builder.input({ name: "x", type: "float32", dims });
  builder.output({ name: builder.node("Flatten", "y", [image], { axis: int(1) }), type: "float32", dims: [] });
  return encodeModel(builder.build());
}

const labels = (count: number): string[] => Array.from({ length: count }, (_, index) => `class ${index}`);

describe("the layout of a network's input", () => {
  it.each<[string, Uint8Array, readonly number[], number]>([
    ["a TFLite file", windowsModel.bytes, windowsModel.input, windowsModel.expected.length],
    ["a TFLite file with as many rows as channels", cube(), [3, 3, 3], 27],
    ["a tfjs archive", packed(sequentialModel), sequentialModel.input, 6],
    ["an ONNX file with its channels first", onnx(["N", 3, 4, 5]), [4, 5, 3], 60],
    ["an ONNX file with its channels last", onnx([1, 4, 5, 3]), [4, 5, 3], 60],
    ["an ONNX file with its channels last and unknown sides", onnx(["N", "h", "w", 3]), [4, 5, 3], 60],
  ])("is read from the file, regardless of the declared layout: %s", (_, file, size, classes) => {
    const [first, last] = layouts.map((layout) => prepareModel({ file, preprocessing: see(size, layout), labels: labels(classes) }));
    expect(first).toEqual(last);
  });

  it("is the declared layout if the file leaves its sizes open", () => {
    const turned = layouts.map((layout) => {
      const { graph } = prepareModel({ file: onnx(["N", "", "", ""]), preprocessing: see([4, 5, 3], layout), labels: labels(60) });
      return graph.nodes.some(({ operator }) => operator === "Transpose");
    });
    expect(turned).toEqual([false, true]);
  });

  it.each(layouts)("is refused if the sizes fit neither: %s", (layout) => {
    const prepare = () => prepareModel({ file: onnx(["N", 3, 9, 9]), preprocessing: see([4, 5, 3], layout), labels: labels(243) });
    expect(prepare).toThrow(expect.objectContaining({ code: "INVALID_INPUT", message: expect.stringContaining("reads 3 x 9 x 9, not") }));
  });
});
