/** Compares all operator cases, forward and backward, on each engine that loads with onnxruntime on the processor. */
import type { Provider } from "@pareidolia/classifiers/engines/onnxruntime/executionProvider";
import { operatorTwins } from "@pareidolia/classifiers/engines/tfjs/operators/registry";
import type { Attribute, Graph } from "@pareidolia/onnx/graph";
import { GraphBuilder, int, ints } from "@pareidolia/onnx/graphBuilder";
import { normalise } from "@pareidolia/onnx/normalise";
import { operatorRules } from "@pareidolia/onnx/operators/registry";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isOptional, largestDifference, readyEngines } from "../../support/engineCases.ts";
import { sampled } from "../../support/extent/sampled.ts";
import { drawValues, openGraph, type RunnableGraph, spreadValues, withGradient } from "../../support/onnxGraphs.ts";
import { operatorCases } from "../../support/operatorCases.ts";
import { startTfjsRunner, type TfjsRunner } from "../../support/tfjsRunner.ts";

const ready = await readyEngines();
const tfjsEngines = ready.filter((id) => id.startsWith("tfjs-"));
const onnxGpus = (["cuda", "webgpu"] as const).filter((provider) => ready.includes(`onnxruntime-${provider}`));

const batch = 2;
const largestError = 1e-4;

/** Forms without a twin, which must be refused rather than computed incorrectly. */
const unsupported: readonly {
  readonly operator: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly also?: readonly [values: readonly number[], dims?: readonly number[]];
  readonly message: string;
}[] = [
  { operator: "LRN", attributes: { size: int(4) }, message: "LRN y has an even window" },
  { operator: "AveragePool", attributes: { kernel_shape: ints([2, 2]), dilations: ints([2, 1]) }, message: "AveragePool y is dilated" },
  {
    operator: "Gather",
    attributes: { axis: int(2) },
    also: [
      [0, 1, 1, 0],
      [2, 2],
    ],
    message: "Gather y has indices of more than one axis",
  },
  {
    operator: "Pad",
    attributes: { mode: { kind: "string", value: "wrap" } },
    also: [[0, 0, 1, 0, 0, 0, 1, 0]],
    message: "Pad y pads in the mode wrap",
  },
  { operator: "CumSum", attributes: {}, also: [[0]], message: "the operator CumSum (node y)" },
];

/** The operators that most networks use. Normalised graphs have no Constant, Dropout or Identity. */
const commonOperators = `
  Conv ConvTranspose Gemm MatMul MaxPool AveragePool GlobalAveragePool GlobalMaxPool LRN BatchNormalization Relu Clip LeakyRelu Sigmoid
  Tanh HardSwish Softmax LogSoftmax Add Sub Mul Div Concat Split Slice Pad Resize Reshape Flatten Squeeze Transpose Cast
  ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare
`;

describe("the operators", () => {
  it("of most networks have a gradient and a case", () => {
    const tested = new Set(operatorCases.flatMap(({ graph }) => normalise(graph).nodes.map((node) => node.operator)));
    for (const operator of commonOperators.trim().split(/\s+/)) {
      expect(operatorRules.get(operator)?.differentiate, operator).toBeDefined();
      expect(tested, operator).toContain(operator);
    }
    for (const operator of ["Constant", "ConstantOfShape", "Dropout", "Identity"])
      expect(operatorCases.some(({ graph }) => graph.nodes.some((node) => node.operator === operator))).toBe(true);
  });

  it("have a twin in tfjs, except for the training loss", () => {
    const alone = [...operatorRules.keys()].filter((operator) => !operatorTwins.has(operator));
    expect(alone).toEqual(["SoftmaxCrossEntropyLoss"]);
    expect([...operatorTwins.keys()].filter((operator) => !operatorRules.has(operator))).toEqual([]);
  });
});

const largest = (values: Float32Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

interface CaseResult {
  readonly y: ArrayLike<number>;
  readonly gradient: ArrayLike<number>;
}

/** Computes a case with onnxruntime, forward and backward. */
async function runOnnx(graph: Graph, x: Float32Array, provider: Provider = "cpu") {
  const canonical = normalise(graph);
  const images = graph.inputs[0]?.dims[0] === 1 ? 1 : batch;
  // Only onnxruntime on the processor runs every file unchanged.
  const forward = await openGraph(provider === "cpu" ? graph : canonical, provider);
  const backward = await openGraph(withGradient(canonical), provider);
  try {
    const { y } = await forward.runToShapes({ x }, {}, images);
    if (y === undefined) throw new Error("onnxruntime gave no y.");
    const seed = drawValues(11, y.data.length);
    const { gradient } = await backward.runShaped({ x, seed }, { seed: y.shape }, images);
    if (gradient === undefined) throw new Error("onnxruntime gave no gradient.");
    return { y: y.data, seed, gradient };
  } finally {
    await Promise.all([forward.close(), backward.close()]);
  }
}

/** What the processor computes for a case. Each engine is compared with it, so it is computed once. */
const onProcessor = new Map<string, ReturnType<typeof runOnnx>>();
function runOnProcessor({ title, graph }: (typeof operatorCases)[number], x: Float32Array): ReturnType<typeof runOnnx> {
  const known = onProcessor.get(title) ?? runOnnx(graph, x);
  onProcessor.set(title, known);
  return known;
}

/** An input for a case, and its shape. */
function inputFor({ graph, range }: (typeof operatorCases)[number]): { readonly x: Float32Array; readonly dims: number[] } {
  const images = graph.inputs[0]?.dims[0] === 1 ? 1 : batch;
  const dims = (normalise(graph).inputs[0]?.dims ?? []).map((dim) => (typeof dim === "number" ? dim : images));
  const count = dims.reduce((product, dim) => product * dim, 1);
  return { x: spreadValues(count, range), dims };
}

function expectAlike(result: CaseResult, expected: { readonly y: Float32Array; readonly gradient: Float32Array }): void {
  expect(largestDifference(result.y, expected.y)).toBeLessThan(largestError * (1 + largest(expected.y)));
  expect(largestDifference(result.gradient, expected.gradient)).toBeLessThan(largestError * (0.1 + largest(expected.gradient)));
}

/** Only three levels, including zero, so that most windows have ties. */
const ties = { dims: [batch, 3, 6, 7], x: drawValues(3, 252, [0, 3]).map(Math.floor) } as const;
const tiedWindows = [
  { window: "adjacent", kernel: [2, 2], strides: [2, 2], pads: [0, 0, 0, 0] },
  { window: "overlapping, padded", kernel: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] },
] as const;

function pooling({ kernel, strides, pads }: (typeof tiedWindows)[number]): Graph {
  const builder = new GraphBuilder("ties");
  builder.input({ name: "x", type: "float32", dims: ["batch", 3, 6, 7] });
  const attributes = { kernel_shape: ints(kernel), strides: ints(strides), pads: ints(pads) };
  builder.output({ name: builder.node("MaxPool", "y", ["x"], attributes), type: "float32", dims: [] });
  return builder.build();
}

/** A sample has one case of each operator that has a gradient, on engines that load only on some machines. */
const casesOn = (engine: string): typeof operatorCases =>
  isOptional(engine) ? sampled(operatorCases, { by: ({ graph }) => graph.nodes.at(-1)?.operator ?? "" }) : operatorCases;

describe.each(onnxGpus)("onnxruntime-%s", (provider) => {
  // The first session acquires the device and the last releases it. One session stays open, so that this happens only once.
  let first: RunnableGraph;
  beforeAll(async () => {
    first = await openGraph(pooling(tiedWindows[0]), provider);
  });
  afterAll(() => first.close());

  it.each(casesOn(`onnxruntime-${provider}`))("computes as on the processor, forward and backward: $title", async (operatorCase) => {
    const { x } = inputFor(operatorCase);
    expectAlike(await runOnnx(operatorCase.graph, x, provider), await runOnProcessor(operatorCase, x));
  });

  it.each(tiedWindows)("assigns a window's gradient to the first of equal maxima, as on the processor: $window", async (window) => {
    const expected = await runOnnx(pooling(window), ties.x);
    const { gradient } = await runOnnx(pooling(window), ties.x, provider);
    expect(largestDifference(gradient, expected.gradient)).toBeLessThan(1e-6);
  });
});

describe.each(tfjsEngines)("%s", (engine) => {
  let runner: TfjsRunner;
  beforeAll(() => {
    runner = startTfjsRunner(engine);
  });
  afterAll(() => runner.close());

  it.each(casesOn(engine))("computes as onnxruntime does, forward and backward: $title", async (operatorCase) => {
    const { x, dims } = inputFor(operatorCase);
    const expected = await runOnProcessor(operatorCase, x);
    const result = await runner.run({ graph: normalise(operatorCase.graph), x, dims, seed: expected.seed });
    if ("refused" in result) throw new Error(`${engine} refuses it: ${result.refused}`);
    expectAlike(result, expected);
    expect(result.leakedTensors).toBe(0);
  });

  it.each(tiedWindows)("assigns a window's gradient to the first of equal maxima, as onnxruntime does: $window", async (window) => {
    const { seed, gradient } = await runOnnx(pooling(window), ties.x);
    const result = await runner.run({ graph: normalise(pooling(window)), ...ties, seed });
    if ("refused" in result) throw new Error(result.refused);
    expect(largestDifference(result.gradient, gradient)).toBeLessThan(1e-6);
  });

  it.each(unsupported)("refuses unsupported forms by name: $message", async ({ operator, attributes, also, message }) => {
    const builder = new GraphBuilder("unsupported");
    builder.input({ name: "x", type: "float32", dims: [2, 3, 6, 7] });
    const y = builder.node(operator, "y", ["x", ...(also === undefined ? [] : [builder.integers("also", ...also)])], attributes);
    builder.output({ name: y, type: "float32", dims: [] });
    const result = await runner.run({
      graph: builder.build(),
      x: spreadValues(252, [-1, 1]),
      dims: [2, 3, 6, 7],
      seed: new Float32Array(252),
    });
    expect(result).toStrictEqual({ refused: expect.stringContaining(message) });
  });
});
