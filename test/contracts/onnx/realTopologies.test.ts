import { inputGradientGraph } from "@pareidolia/onnx/gradientGraph";
import type { Graph } from "@pareidolia/onnx/graph";
import { normalise } from "@pareidolia/onnx/normalise";
import { decodeModel } from "@pareidolia/onnx/proto/decodeModel";
import { readTensor } from "@pareidolia/onnx/proto/decodeTensor";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { ProtoReader } from "@pareidolia/onnx/proto/protoReader";
import { beforeAll, describe, expect, it } from "vitest";
import { sampled } from "../../support/extent/sampled.ts";
import { openGraph } from "../../support/onnxGraphs.ts";
import { type LightModel, readLightModels } from "../../support/onnxTestData.ts";

const topologies = [
  "bvlc_alexnet",
  "densenet121",
  "inception_v1",
  "inception_v2",
  "resnet50",
  "shufflenet",
  "squeezenet",
  "vgg19",
  "zfnet512",
];

/** A sample has one with branches and one without. */
const chosen = sampled(["squeezenet", "bvlc_alexnet", ...topologies.filter((name) => !["squeezenet", "bvlc_alexnet"].includes(name))], {
  by: (name) => (["bvlc_alexnet", "vgg19", "zfnet512"].includes(name) ? "without branches" : "with branches"),
});

/** Each pixel's index divided by the number of pixels: the input of ONNX's stored outputs. */
function ramp(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => index / count);
}

function inputOf(graph: Graph): { name: string; count: number } {
  const [input] = graph.inputs;
  if (input === undefined) throw new Error(`${graph.name} has no input.`);
  return { name: input.name, count: input.dims.slice(1).reduce<number>((product, size) => product * Number(size), 1) };
}

describe("a real topology", () => {
  let models: readonly LightModel[] = [];
  beforeAll(async () => {
    models = await readLightModels();
  }, 300_000);
  const read = (name: string): LightModel => {
    const model = models.find((candidate) => candidate.name === name);
    if (model === undefined) throw new Error(`ONNX's test data has no ${name}.`);
    return model;
  };

  it("is one of ONNX's nine", () => {
    expect(models.map((model) => model.name).sort()).toStrictEqual(topologies);
  });

  it.each(chosen)("is read, has the same graph after writing and reading, and gives the stored output: %s", async (name) => {
    const { file, output } = read(name);
    const decoded = decodeModel(file);
    expect(decodeModel(encodeModel(decoded))).toStrictEqual(decoded);

    const canonical = normalise(decoded);
    expect(normalise(canonical)).toStrictEqual(canonical);
    const { name: pixels, count } = inputOf(canonical);
    const session = await openGraph(canonical);
    try {
      const [scores] = Object.values<Float32Array>(await session.run({ [pixels]: ramp(count) }));
      const expected = readTensor(new ProtoReader(output));
      expect(canonical.outputs[0]?.dims.slice(1)).toStrictEqual(expected.dims.slice(1));
      expect(scores?.length).toBe(expected.data.length);
      const stored = Array.from<number | bigint, number>(expected.data, Number);
      const largest = Math.max(...stored.map(Math.abs));
      for (const [index, value] of (scores ?? []).entries())
        expect(Math.abs(value - (stored[index] ?? Number.NaN)), `${name}[${index}]`).toBeLessThan(1e-4 * largest);
    } finally {
      await session.close();
    }
  });

  it.each(chosen)("has a gradient graph that runs on a batch, each image independently: %s", async (name) => {
    const graph = inputGradientGraph(normalise(decodeModel(read(name).file)), "logits");
    const { count } = inputOf(graph);
    const classes = Number(graph.outputs.find((output) => output.name === "logits")?.dims[1]);
    const pixels = new Float32Array(2 * count);
    pixels.set(ramp(count), 0);
    pixels.set(ramp(count).reverse(), count);
    const weights = new Float32Array(2 * classes);
    weights[3] = 1;
    weights[classes + 7] = -1;
    const session = await openGraph(graph);
    try {
      const both = await session.run({ pixels, weights }, 2);
      expect(both.gradient?.length).toBe(2 * count);
      expect(both.gradient?.every(Number.isFinite)).toBe(true);
      const second = await session.run({ pixels: pixels.slice(count), weights: weights.slice(classes) }, 1);
      expect(second.gradient?.some((value) => value !== 0)).toBe(true);
      expect(second.gradient).toStrictEqual(both.gradient?.slice(count));
    } finally {
      await session.close();
    }
  });
});
