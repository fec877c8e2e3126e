import { cutCrops } from "@pareidolia/core/crops";
import type { ImageShape } from "@pareidolia/core/image";
import type { Framing, Preprocessing } from "@pareidolia/core/preprocessing";
import { Purpose, Random } from "@pareidolia/core/random";
import { dropFirstClasses } from "@pareidolia/onnx/dropFirstClasses";
import type { Graph } from "@pareidolia/onnx/graph";
import { GraphBuilder, int } from "@pareidolia/onnx/graphBuilder";
import { normalise } from "@pareidolia/onnx/normalise";
import { withPreprocessing } from "@pareidolia/onnx/prologue";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";

const side = 3;
const classes = side * side * 3;

/** A network whose logits are its scaled input, so that a test can read the network's input. */
function mirrorNetwork(layout: "NCHW" | "NHWC", end: "softmax" | "logits" | "squeezed" = "softmax"): Graph {
  const builder = new GraphBuilder("mirror");
  const dims = layout === "NCHW" ? ["batch", 3, side, side] : ["batch", side, side, 3];
  const input = builder.input({ name: "pixels", type: "float32", dims });
  builder.floats("hundredth", [], Float32Array.of(0.01));
  const scaled = builder.node("Mul", "logits", [input, "hundredth"]);
  const flat = builder.node("Flatten", "flat", [scaled], { axis: int(1) });
  if (end === "logits") builder.output({ name: flat, type: "float32", dims: ["batch", classes] });
  else {
    const probabilities = builder.node("Softmax", "probabilities", [flat], { axis: int(1) });
    builder.integers("shape", [0, classes, 1, 1]);
    const name = end === "squeezed" ? builder.node("Reshape", "reshaped", [probabilities, "shape"]) : probabilities;
    builder.output({ name, type: "float32", dims: end === "squeezed" ? ["batch", classes, 1, 1] : ["batch", classes] });
  }
  return builder.build();
}

const plain: Preprocessing = { width: side, height: side, channels: 3, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [1] };

async function run(graph: Graph, pixels: Float32Array, imageSize: number): Promise<{ logits: number[]; probabilities: number[] }> {
  const session = await InferenceSession.create(encodeModel(graph), { intraOpNumThreads: 1 });
  try {
    const count = pixels.length / (3 * imageSize * imageSize);
    const results = await session.run({ pixels: new Tensor("float32", pixels, [count, 3, imageSize, imageSize]) });
    const values = (name: string): number[] => Array.from(results[name]?.data as Float32Array);
    expect(results.logits?.dims).toEqual([count, classes]);
    expect(results.probabilities?.dims).toEqual([count, classes]);
    return { logits: values("logits"), probabilities: values("probabilities") };
  } finally {
    await session.release();
  }
}

function drawPixels(imageSize: number, count = 1): Float32Array {
  const random = new Random({ seed: 7, generation: 0, index: 0, purpose: Purpose.NOISE });
  return Float32Array.from({ length: count * 3 * imageSize * imageSize }, () => Math.floor(256 * random.uniform()));
}

/** The network's input for one image in plain loops, channel by channel. */
function shown(pixels: Float32Array, imageSize: number, window: { x: number; y: number; mirrored?: boolean }): number[] {
  const values: number[] = [];
  for (let c = 0; c < 3; c++)
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        const column = window.x + (window.mirrored ? side - 1 - x : x);
        values.push(pixels[(c * imageSize + window.y + y) * imageSize + column] as number);
      }
  return values;
}

function softmax(logits: readonly number[]): number[] {
  const exponentials = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
  const total = exponentials.reduce((a, b) => a + b, 0);
  return exponentials.map((value) => value / total);
}

function expectClose(actual: readonly number[], expected: readonly number[], tolerance = 1e-5): void {
  expect(actual.length).toBe(expected.length);
  for (const [index, value] of actual.entries())
    expect(Math.abs(value - (expected[index] as number)), `${index}: ${value} against ${expected[index]}`).toBeLessThan(tolerance);
}

const whole: Framing = { kind: "whole" };

describe("a graph with its pre-processing inside", () => {
  it("passes the image unchanged if there is nothing to do, and names logits and probabilities", async () => {
    const pixels = drawPixels(side, 2);
    const { logits, probabilities } = await run(withPreprocessing(mirrorNetwork("NCHW"), plain, whole), pixels, side);
    expectClose(
      logits,
      Array.from(pixels, (value) => value / 100),
    );
    expectClose(probabilities.slice(0, classes), softmax(logits.slice(0, classes)));
  });

  it.each(["logits", "squeezed"] as const)("finds the logits of a network that ends in %s", async (end) => {
    const pixels = drawPixels(side);
    const { logits, probabilities } = await run(withPreprocessing(mirrorNetwork("NCHW", end), plain, whole), pixels, side);
    expectClose(
      logits,
      Array.from(pixels, (value) => value / 100),
    );
    expectClose(probabilities, softmax(logits));
  });

  it("subtracts the mean and divides by the deviation in the network's own channel order", async () => {
    const pixels = drawPixels(side);
    const preprocessing: Preprocessing = { ...plain, channelOrder: "BGR", mean: [104, 117, 123], deviation: [2, 4, 5] };
    const { logits } = await run(withPreprocessing(mirrorNetwork("NCHW"), preprocessing, whole), pixels, side);
    const plane = side * side;
    const expected = [0, 1, 2].flatMap((c) =>
      Array.from(pixels.subarray((2 - c) * plane, (3 - c) * plane), (value) => {
        return (value - (preprocessing.mean[c] as number)) / (preprocessing.deviation[c] as number) / 100;
      }),
    );
    expectClose(logits, expected);
  });

  it("transposes the image for a network that reads channels last", async () => {
    const pixels = drawPixels(side);
    const preprocessing: Preprocessing = { ...plain, layout: "NHWC", mean: [127.5], deviation: [127.5] };
    const { logits } = await run(withPreprocessing(mirrorNetwork("NHWC"), preprocessing, whole), pixels, side);
    const plane = side * side;
    const expected = Array.from({ length: 3 * plane }, (_, i) => ((pixels[(i % 3) * plane + Math.floor(i / 3)] as number) - 127.5) / 12750);
    expectClose(logits, expected);
  });

  it("crops the centre", async () => {
    const pixels = drawPixels(6);
    const graph = withPreprocessing(mirrorNetwork("NCHW"), plain, { kind: "crops", count: 1, imageSize: 6 });
    const { logits } = await run(graph, pixels, 6);
    expectClose(
      logits,
      shown(pixels, 6, { x: 1, y: 1 }).map((value) => value / 100),
    );
  });

  it("averages the softmaxes of the four corners, the centre and their mirrors, image by image", async () => {
    const both = drawPixels(6, 2);
    const graph = withPreprocessing(mirrorNetwork("NCHW"), plain, { kind: "crops", count: 10, imageSize: 6 });
    const { logits, probabilities } = await run(graph, both, 6);
    const places = [
      { x: 0, y: 0 },
      { x: 3, y: 0 },
      { x: 0, y: 3 },
      { x: 3, y: 3 },
      { x: 1, y: 1 },
    ];
    const expected = [0, 1].flatMap((image) => {
      const pixels = both.subarray(image * 108, (image + 1) * 108);
      const softmaxes = places.flatMap((place) =>
        [false, true].map((mirrored) => softmax(shown(pixels, 6, { ...place, mirrored }).map((value) => value / 100))),
      );
      return Array.from({ length: classes }, (_, k) => softmaxes.reduce((sum, row) => sum + (row[k] as number), 0) / 10);
    });
    expectClose(probabilities, expected, 1e-6);

    expectClose(
      logits,
      expected.map((value) => Math.log(value)),
      1e-4,
    );
  });

  it.each([1, 10] as const)("gives the network the same crops as cutting the image beforehand, %d of them", async (count) => {
    const size = 6;
    const network: ImageShape = { width: side, height: side, channels: 3 };
    const planes = drawPixels(size);
    const area = size * size;
    const pixels = Float32Array.from(planes, (_, i) => planes[(i % 3) * area + Math.floor(i / 3)] as number);
    const framing: Framing = { kind: "crops", count, imageSize: size };
    const views = cutCrops({ width: size, height: size, channels: 3, pixels }, framing, network);
    expect(views.map(({ width, height, channels }) => ({ width, height, channels }))).toEqual(views.map(() => network));
    const softmaxes = views.map((view) => {
      const shownOfView = Array.from(view.pixels, (_, i) => view.pixels[(i % (side * side)) * 3 + Math.floor(i / (side * side))] as number);
      return softmax(shownOfView.map((value) => value / 100));
    });
    const { probabilities } = await run(withPreprocessing(mirrorNetwork("NCHW"), plain, framing), planes, size);
    expect(softmaxes.length).toBe(count);
    expectClose(
      probabilities,
      Array.from({ length: classes }, (_, label) => softmaxes.reduce((sum, row) => sum + (row[label] as number) / count, 0)),
      1e-6,
    );
  });

  it.each([
    ["Softmax", 3],
    ["Softmax", 0],
    ["LogSoftmax", 1],
  ])("refuses a network that ends in %s along axis %d instead of its classes", (operator, axis) => {
    const builder = new GraphBuilder("parts");
    const input = builder.input({ name: "x", type: "float32", dims: ["n", 3, side, side] });
    const parts = builder.node(operator, "parts", [input], { axis: int(axis) });
    builder.output({ name: builder.node("Flatten", "flat", [parts]), type: "float32", dims: ["n", classes] });
    const refusal = expect.objectContaining({
      code: "INVALID_INPUT",
      message: expect.stringContaining(`The network's ${operator} node "parts" works along axis ${axis} of n x 3 x 3 x 3`),
    });
    expect(() => withPreprocessing(builder.build(), plain, whole)).toThrow(refusal);
  });

  it("finds logits with the classes as the last axis, after axes of size 1", async () => {
    const builder = new GraphBuilder("last");
    const input = builder.input({ name: "x", type: "float32", dims: ["n", 3, side, side] });
    const last = builder.node("Reshape", "last", [input, builder.integers("to", [0, 1, 1, classes])]);
    const scaled = builder.node("Mul", "scaled", [last, builder.floats("hundredth", [], Float32Array.of(0.01))]);
    builder.output({ name: builder.node("Softmax", "y", [scaled]), type: "float32", dims: ["n", 1, 1, classes] });
    const pixels = drawPixels(side);
    const { logits } = await run(withPreprocessing(builder.build(), plain, whole), pixels, side);
    expectClose(
      logits,
      Array.from(pixels, (value) => value / 100),
    );
  });

  it("avoids name clashes when a prepared graph is prepared again", async () => {
    const once = withPreprocessing(mirrorNetwork("NCHW"), { ...plain, mean: [10] }, whole);
    const first = once.outputs[1];
    const again = withPreprocessing({ ...once, outputs: first === undefined ? [] : [first] }, { ...plain, mean: [20] }, whole);
    const pixels = drawPixels(side);
    const { logits } = await run(again, pixels, side);
    expectClose(
      logits,
      Array.from(pixels, (value) => (value - 30) / 100),
    );
  });

  it("leaves out the first classes and renormalises the rest", async () => {
    const pixels = drawPixels(side, 2);
    const without = dropFirstClasses(mirrorNetwork("NCHW"), 2);
    const prepared = withPreprocessing(without, plain, whole);
    const session = await InferenceSession.create(encodeModel(prepared), { intraOpNumThreads: 1 });
    const { logits, probabilities } = await session.run({ pixels: new Tensor("float32", pixels, [2, 3, side, side]) });
    await session.release();
    const expected = Array.from(pixels.subarray(classes + 2), (value) => value / 100);
    expectClose(Array.from(logits?.data as Float32Array).slice(classes - 2), expected);
    expectClose(Array.from(probabilities?.data as Float32Array).slice(classes - 2), softmax(expected));
    expect(prepared.outputs.map((output) => output.dims)).toEqual([
      ["batch", classes - 2],
      ["batch", classes - 2],
    ]);
    expect(() => dropFirstClasses(mirrorNetwork("NCHW"), classes)).toThrow(/cannot be left out/);
  });

  it("refuses a network with a fixed batch of several images", () => {
    const { inputs, ...rest } = mirrorNetwork("NCHW");
    const ofFour = { ...rest, inputs: inputs.map((input) => ({ ...input, dims: [4, ...input.dims.slice(1)] })) };
    expect(() => withPreprocessing(ofFour, plain, { kind: "whole" })).toThrow("This network reads 4 images at once");
  });

  it.each<[string, (builder: GraphBuilder, rows: string) => string, string]>([
    [
      "one row for any number of images",
      (builder, rows) => builder.node("ReduceSum", "y", [rows, builder.integers("axes", [0])]),
      "1 row of scores for any number of images",
    ],
    ["several rows per image", (builder, rows) => builder.node("Reshape", "y", [rows, builder.integers("to", [-1, 9])]), "3*n x 9"],
    ["no rows", (builder, rows) => builder.node("Reshape", "y", [rows, builder.integers("to", [-1])]), `${classes}*n`],
  ])("refuses a network that returns %s", (_, end, expected) => {
    const builder = new GraphBuilder("rows");
    const input = builder.input({ name: "x", type: "float32", dims: ["n", 3, side, side] });
    builder.output({ name: end(builder, builder.node("Flatten", "flat", [input])), type: "float32", dims: [] });
    const refusal = expect.objectContaining({ code: "INVALID_INPUT", message: expect.stringContaining(expected) });
    expect(() => withPreprocessing(normalise(builder.build()), plain, whole)).toThrow(refusal);
  });

  it("refuses another input size, a crop of a smaller image and a network with independent class scores", () => {
    const network = mirrorNetwork("NCHW");
    expect(() => withPreprocessing(network, { ...plain, width: 4 }, whole)).toThrow(/reads 3 x 3 x 3, not 3 x 3 x 4/);
    expect(() => withPreprocessing(network, plain, { kind: "crops", count: 1, imageSize: 2 })).toThrow(/at least that size/);
    const builder = new GraphBuilder("several");
    const input = builder.input({ name: "x", type: "float32", dims: ["n", 3, side, side] });
    builder.output({ name: builder.node("Sigmoid", "y", [builder.node("Flatten", "f", [input])]), type: "float32", dims: ["n", classes] });
    expect(() => withPreprocessing(builder.build(), plain, whole)).toThrow(/ends in Sigmoid/);
  });
});
