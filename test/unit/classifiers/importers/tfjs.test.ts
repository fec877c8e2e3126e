import { importModel } from "@pareidolia/classifiers/importers/importModel";
import { importTfjs } from "@pareidolia/classifiers/importers/tfjs/importTfjs";
import { describe, expect, it } from "vitest";
import { runImageGraph } from "../../../support/runGraph.ts";
import { keras2Model, keras3Model } from "../../../support/tfjsLayerModels.ts";
import { drawTfjsImage, functionalModel, sequentialModel, type TfjsFiles } from "../../../support/tfjsModels.ts";

const models: readonly [string, TfjsFiles][] = [
  ["Sequential", sequentialModel],
  ["functional", functionalModel],
  ["functional, with all kinds of merging, slopes and rows of vectors", keras2Model],
];

interface Json {
  readonly modelTopology: { model_config: { config: { layers: { class_name: string; config: Record<string, unknown> }[] } } };
  readonly weightsManifest: { paths: string[]; weights: { name: string; shape: number[]; dtype: string; quantization?: unknown }[] }[];
  format: string;
}

/** The files of the Sequential model with a change in model.json. */
function changed(change: (json: Json) => void): Uint8Array {
  const json = JSON.parse(Buffer.from(sequentialModel.modelJson).toString()) as Json;
  change(json);
  return new TextEncoder().encode(JSON.stringify(json));
}

function keras3Text(): string {
  return Buffer.from(keras3Model.modelJson).toString();
}

/** A reference to a tensor as Keras 3 writes it. */
function tensorText(text: string): string {
  return /\{"class_name":"__keras_tensor__".*?\}\}/.exec(text)?.[0] ?? "";
}

describe("a tfjs layers model", () => {
  it.each(models)("computes what tfjs computes (%s), alone and in a batch", async (_, files) => {
    const graph = importTfjs(files.modelJson, files.shards);
    const image = drawTfjsImage(files.input);
    const [first, blank, again] = await runImageGraph(graph, [image, new Float32Array(image.length), image]);
    expect(first).toHaveLength(files.expected.length);
    for (const [index, value] of files.expected.entries()) expect(first?.[index]).toBeCloseTo(value, 5);
    expect(again).toEqual(first);
    expect(blank).not.toEqual(first);
  });

  it.each([
    ["lists of vectors", [2, 2]],
    ["vectors in an image", [1, 2, 2]],
    ["vectors in a volume", [1, 1, 2, 2]],
  ])("normalises the last axis of %s", async (_, target) => {
    const layers = [
      { class_name: "Reshape", config: { name: "shape", batch_input_shape: [null, 2, 2, 1], target_shape: target } },
      { class_name: "BatchNormalization", config: { name: "norm", axis: [target.length], epsilon: 0.5 } },
      { class_name: "Flatten", config: { name: "flat" } },
    ];
    // Deviations of 2: (x - 1) / 2 * 2 + 10 and (x - 2) / 2 * 4 + 20.
    const weights = { gamma: [2, 4], beta: [10, 20], moving_mean: [1, 2], moving_variance: [3.5, 3.5] };
    const manifest = [
      { paths: ["all.bin"], weights: Object.keys(weights).map((part) => ({ name: `norm/${part}`, shape: [2], dtype: "float32" })) },
    ];
    const topology = { class_name: "Sequential", config: { name: "rows", layers } };
    const modelJson = new TextEncoder().encode(JSON.stringify({ modelTopology: topology, weightsManifest: manifest }));
    const shards = new Map([["all.bin", new Uint8Array(Float32Array.from(Object.values(weights).flat()).buffer)]]);
    expect(await runImageGraph(importTfjs(modelJson, shards), [Float32Array.of(1, 2, 3, 4)])).toEqual([[10, 20, 12, 24]]);
  });

  it("computes what Keras 3 computes, with calls written as arguments and a layer name reused in a nested model", async () => {
    const graph = importTfjs(keras3Model.modelJson, keras3Model.shards);
    const [scores] = await runImageGraph(graph, [drawTfjsImage(keras3Model.input)]);
    expect(scores).toHaveLength(keras3Model.expected.length);
    for (const [index, value] of keras3Model.expected.entries()) expect(scores?.[index]).toBeCloseTo(value, 5);
  });

  it("may give its single input and output without a list", () => {
    const alone = keras3Text().replace('[["image",0,0]]', '["image",0,0]').replace('[["logits",0,0]]', '["logits",0,0]');
    expect(importTfjs(new TextEncoder().encode(alone), keras3Model.shards)).toEqual(importTfjs(keras3Model.modelJson, keras3Model.shards));
  });

  it.each<[string, (text: string) => string, RegExp]>([
    [
      "a second call of a layer",
      (text) => text.replace('"kwargs":{"mask":null}}]', '"kwargs":{"mask":null}},{"args":[],"kwargs":{}}]'),
      /"block" is used 2 times/,
    ],
    [
      "a keyword argument",
      (text) => text.replace('"mask":null', `"mask":${tensorText(text)}`),
      /"block" takes a tensor as a keyword argument/,
    ],
    ["a number among the arguments", (text) => text.replace('{"args":[', '{"args":[2,'), /a layer is called with 2/],
    [
      "the second call of a layer as an input",
      (text) => text.replace('"keras_history":["sum",0,0]', '"keras_history":["sum",1,0]'),
      /"sum" is used more/,
    ],
    ["two layers of the same name in one model", (text) => text.replaceAll('"deep"', '"conv"'), /two layers of one model are named "conv"/],
    [
      "a nested layer whose weights are another's",
      (text) => text.replaceAll("block/conv/", "other/"),
      /several layers and their weights are named "conv"/,
    ],
    [
      "two weights of the same name",
      (text) => text.replaceAll("block/conv/", "conv/"),
      /two weights named "conv\/kernel"; give each layer a unique name/,
    ],
  ])("refuses %s", (_, change, message) => {
    const text = change(keras3Text());
    expect(text).not.toBe(keras3Text());
    expect(() => importTfjs(new TextEncoder().encode(text), keras3Model.shards)).toThrow(message);
  });

  it("is recognised by its content", () => {
    expect(importModel(sequentialModel.modelJson, sequentialModel.shards)).toEqual(
      importTfjs(sequentialModel.modelJson, sequentialModel.shards),
    );
  });

  it("may begin with a byte order mark", () => {
    const marked = Buffer.concat([Buffer.from("\uFEFF"), sequentialModel.modelJson]);
    expect(importModel(marked, sequentialModel.shards)).toEqual(importTfjs(sequentialModel.modelJson, sequentialModel.shards));
  });

  it("transposes an image only where a reshape mixes channels with pixels", () => {
    const transposes = (files: TfjsFiles) =>
      importTfjs(files.modelJson, files.shards).nodes.filter((node) => node.operator === "Transpose");
    expect(transposes(sequentialModel)).toHaveLength(1);
    expect(transposes(functionalModel)).toHaveLength(0);
  });

  it("reads weights that are quantised to 8 bits", async () => {
    const bytes = Buffer.concat([...sequentialModel.shards.values()]);
    const small = Buffer.alloc(36 * 3);
    for (let at = 0; at < small.length; at++) small[at] = Math.round((bytes.readFloatLE(4 * at) + 1) * 127.5);
    const modelJson = changed((json) => {
      const [group] = json.weightsManifest;
      const [kernel] = group?.weights ?? [];
      if (kernel !== undefined) kernel.quantization = { dtype: "uint8", min: -1, scale: 1 / 127.5, original_dtype: "float32" };
      if (group !== undefined) group.paths = ["all.bin"];
    });
    const shards = new Map([["all.bin", Buffer.concat([small, bytes.subarray(4 * small.length)])]]);
    const [scores] = await runImageGraph(importTfjs(modelJson, shards), [drawTfjsImage(sequentialModel.input)]);
    for (const [index, value] of sequentialModel.expected.entries()) expect(Math.abs((scores?.[index] ?? 0) - value)).toBeLessThan(0.02);
  });

  it("refuses a shard outside the folder, and an unreferenced file", () => {
    for (const path of ["../secret.bin", "/etc/passwd", "a/../../b.bin", "https://example.org/a.bin", "a\\b.bin", ".hidden", "a//b.bin"])
      expect(() =>
        importTfjs(
          changed((json) => {
            const [group] = json.weightsManifest;
            if (group !== undefined) group.paths = [path];
          }),
          sequentialModel.shards,
        ),
      ).toThrow(/not a plain file name/);
    const more = new Map([...sequentialModel.shards, ["run.exe", Uint8Array.of(77, 90)]]);
    expect(() => importTfjs(sequentialModel.modelJson, more)).toThrow(/does not refer to the file "run\.exe"/);
  });

  it.each<[string, (json: Json) => void, RegExp]>([
    ["a graph model", (json) => void (json.format = "graph-model"), /convert the network to ONNX/],
    [
      "an unknown layer",
      (json) =>
        void ((
          json.modelTopology.model_config.config.layers[3] as Json["modelTopology"]["model_config"]["config"]["layers"][0]
        ).class_name = "LSTM"),
      /"six" of class LSTM/,
    ],
    [
      "channels first",
      (json) => void ((json.modelTopology.model_config.config.layers[0]?.config ?? {})["data_format"] = "channels_first"),
      /"conv" has the unsupported data format channels_first/,
    ],
    [
      "an unknown activation",
      (json) => void ((json.modelTopology.model_config.config.layers[0]?.config ?? {})["activation"] = "mish"),
      /activation "mish"/,
    ],
    [
      "an image of any size",
      (json) => void ((json.modelTopology.model_config.config.layers[0]?.config ?? {})["batch_input_shape"] = [null, null, null, 3]),
      /images of any size; save it with a fixed size/,
    ],
    [
      "a normalisation along rows",
      (json) => void ((json.modelTopology.model_config.config.layers[1]?.config ?? {})["axis"] = [1]),
      /"norm" normalises along axis 1/,
    ],
    [
      "weights of two layers of the same name",
      (json) => {
        const names = ["first/dense/kernel", "second/dense/kernel"];
        for (const group of json.weightsManifest)
          group.weights = group.weights.flatMap((weight) =>
            weight.name === "dense/kernel" ? names.map((name) => ({ ...weight, name, shape: [20, 6] })) : [weight],
          );
      },
      /several layers and their weights are named "dense"/,
    ],
    [
      "a weight beyond the shards",
      (json) => void json.weightsManifest[0]?.weights.push({ name: "more", shape: [99], dtype: "float32" }),
      /shards end earlier/,
    ],
    [
      "more weights than fit",
      (json) => void json.weightsManifest[0]?.weights.push({ name: "more", shape: [65_536, 65_536], dtype: "float32" }),
      /more than \d+ weights/,
    ],
    [
      "a wrong shape",
      (json) => void ((json.weightsManifest[0]?.weights[0] ?? { shape: [] }).shape = [3, 3, 4, 3]),
      /filters of 3 x 4 x 3 x 3/,
    ],
  ])("refuses %s by name", (_, change, message) => {
    expect(() => importTfjs(changed(change), sequentialModel.shards)).toThrow(message);
  });

  it("names the missing shard", () => {
    expect(() => importTfjs(sequentialModel.modelJson, new Map())).toThrow(/"group1-shard1of2.bin" are missing/);
  });
});
