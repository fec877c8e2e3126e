import { Purpose, Random } from "@pareidolia/core/random";
import { gateAfterPooling } from "@pareidolia/onnx/gateAfterPooling";
import { inputGradientGraph } from "@pareidolia/onnx/gradientGraph";
import type { Graph } from "@pareidolia/onnx/graph";
import { GraphBuilder, int, ints } from "@pareidolia/onnx/graphBuilder";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";

const channels = 2;
const side = 7;
const pooled = 3;
const classes = channels * pooled * pooled;
const pixelValues = channels * side * side;

/** A Relu and an overlapping pooling; with a second reader, the Relu's values are also classes. */
function pooling(secondReader: boolean): Graph {
  const builder = new GraphBuilder("pooling");
  const x = builder.input({ name: "x", type: "float32", dims: ["batch", channels, side, side] });
  const rectified = builder.node("Relu", "rectified", [x]);
  const window = { kernel_shape: ints([3, 3]), strides: ints([2, 2]) };
  const flat = builder.node("Flatten", "flat", [builder.node("MaxPool", "kept", [rectified], window)]);
  if (!secondReader) {
    builder.output({ name: flat, type: "float32", dims: ["batch", classes] });
    return builder.build();
  }
  const whole = builder.node("Flatten", "whole", [rectified]);
  const both = builder.node("Concat", "both", [flat, whole], { axis: int(1) });
  builder.output({ name: both, type: "float32", dims: ["batch", classes + pixelValues] });
  return builder.build();
}

async function run(graph: Graph, pixels: Float32Array, weights: Float32Array): Promise<Record<string, number[]>> {
  const session = await InferenceSession.create(encodeModel(graph), { intraOpNumThreads: 1 });
  try {
    const results = await session.run({
      pixels: new Tensor("float32", pixels, [1, channels, side, side]),
      weights: new Tensor("float32", weights, [1, weights.length]),
    });
    return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, Array.from(tensor.data as Float32Array)]));
  } finally {
    await session.release();
  }
}

interface Window {
  /** The indices of its cells among the pixels, row by row. */
  readonly cells: readonly number[];
  readonly values: readonly number[];
}

function windowsOf(pixels: Float32Array): readonly Window[] {
  return Array.from({ length: classes }, (_, window) => {
    const [channel, row, column] = [Math.floor(window / pooled ** 2), Math.floor(window / pooled) % pooled, window % pooled];
    const cells = Array.from(
      { length: 9 },
      (__, cell) => (channel * side + 2 * row + Math.floor(cell / 3)) * side + 2 * column + (cell % 3),
    );
    return { cells, values: cells.map((place) => pixels[place] as number) };
  });
}

/** The expected gradient: each positive maximum's weight at its pixel, or the first of several equal ones. */
function route(pixels: Float32Array, weights: Float32Array): number[] {
  const gradient = new Float32Array(pixelValues);
  for (const [window, { cells, values }] of windowsOf(pixels).entries()) {
    const most = Math.max(...values);
    const place = cells[values.indexOf(most)] as number;
    if (most > 0) gradient[place] = (gradient[place] as number) + (weights[window] as number);
  }
  return Array.from(gradient);
}

function draw(seed: number): { pixels: Float32Array; weights: Float32Array } {
  const random = new Random({ seed, generation: 0, index: 0, purpose: Purpose.SELECT });
  // Few positive values of few levels, so that windows have none, several, or equal maxima.
  const pixels = Float32Array.from({ length: pixelValues }, () => (random.below(5) === 0 ? 1 + random.below(3) : 0 - random.below(3)));
  return { pixels, weights: Float32Array.from({ length: classes }, () => 1 + random.below(9)) };
}

const operators = (graph: Graph): string[] => graph.nodes.map(({ operator }) => operator);

describe("the gradient of a pooled Relu", () => {
  it.each([1, 2, 3, 4, 5])("is at each window's positive maximum and nowhere else (seed %d)", async (seed) => {
    const { pixels, weights } = draw(seed);
    const windows = windowsOf(pixels).map(({ values }) => ({ values, most: Math.max(...values) }));
    const ofMost = windows.map(({ values, most }) => values.filter((value) => value === most).length);
    expect(windows.some(({ most }) => most <= 0)).toBe(true);
    expect(windows.some(({ most }, window) => most > 0 && (ofMost[window] ?? 0) > 1)).toBe(true);
    expect(windows.some(({ values, most }) => values.some((value) => value > 0 && value < most))).toBe(true);

    const { gradient, logits } = await run(inputGradientGraph(pooling(false), "logits"), pixels, weights);
    expect(gradient).toStrictEqual(route(pixels, weights));
    expect(logits).toStrictEqual(windows.map(({ most }) => Math.max(most, 0)));
  });

  it("is gated once, after the pooling", () => {
    const made = inputGradientGraph(pooling(false), "logits");
    expect(operators(made).filter((operator) => operator === "Relu")).toHaveLength(2);
    const gate = made.nodes.find(({ operator }) => operator === "HardSigmoid");
    expect(gate?.inputs).toStrictEqual(["kept"]);
    expect(operators(made).filter((operator) => operator === "HardSigmoid")).toHaveLength(1);
  });

  it("is gated at the Relu if another node reads it", async () => {
    const graph = pooling(true);
    const made = inputGradientGraph(graph, "logits");
    expect(operators(made).filter((operator) => operator === "Relu")).toHaveLength(1);
    const { pixels, weights } = draw(6);
    const { gradient } = await run(made, pixels, Float32Array.from([...weights, ...new Float32Array(pixelValues).fill(10)]));
    const direct = Array.from(pixels, (value) => (value > 0 ? 10 : 0));
    expect(gradient).toStrictEqual(route(pixels, weights).map((value, place) => value + (direct[place] as number)));
  });

  it.each<[string, (builder: GraphBuilder, rectified: string) => readonly string[]]>([
    [
      "is also an output",
      (builder, rectified) => [builder.node("MaxPool", "kept", [rectified], { kernel_shape: ints([3, 3]) }), rectified],
    ],
    [
      "is pooled with the indices of its maxima",
      (builder, rectified) => [builder.node("MaxPool", "kept", [rectified], { kernel_shape: ints([3, 3]) }, ["places"])],
    ],
    ["is averaged", (builder, rectified) => [builder.node("AveragePool", "kept", [rectified], { kernel_shape: ints([3, 3]) })]],
    [
      "would need a name that another value has",
      (builder, rectified) => [
        builder.node("MaxPool", "kept", [rectified], { kernel_shape: ints([3, 3]) }),
        builder.floats("kept.pooled", [1], Float32Array.of(1)),
      ],
    ],
  ])("stays at the Relu if it %s", (_, end) => {
    const builder = new GraphBuilder("left");
    const rectified = builder.node("Relu", "rectified", [
      builder.input({ name: "x", type: "float32", dims: ["batch", channels, side, side] }),
    ]);
    for (const name of end(builder, rectified)) builder.output({ name, type: "float32", dims: [] });
    const graph = builder.build();
    const { graph: gated, passThrough } = gateAfterPooling(graph);
    expect(gated).toStrictEqual(graph);
    expect(passThrough.size).toBe(0);
  });
});
