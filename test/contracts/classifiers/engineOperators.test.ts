/** Every form of every operator, alone, on each tfjs backend that loads: what onnxruntime computes, forward and backward. */
import { operatorTwins } from "@pareidolia/classifiers/engines/tfjs/operators/registry";
import type { Attribute } from "@pareidolia/onnx/graph";
import { GraphBuilder, int, ints } from "@pareidolia/onnx/graphBuilder";
import { normalise } from "@pareidolia/onnx/normalise";
import { operatorRules } from "@pareidolia/onnx/operators/registry";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { largestDifference, readyEngines } from "../../support/engineCases.ts";
import { type FormRunner, startFormRunner } from "../../support/formRunner.ts";
import { drawValues, openGraph, spreadValues, withGradient } from "../../support/onnxGraphs.ts";
import { operatorForms } from "../../support/operatorForms.ts";

const engines = (await readyEngines()).filter((id) => ["tfjs-cpu", "tfjs-wasm", "tfjs-node-gpu"].includes(id));

const batch = 2;
const largestError = 1e-4;

/** Forms and operators without a twin: a graph that holds one must not be answered wrongly. */
const unsupported: readonly {
  readonly operator: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly also?: readonly [values: readonly number[], dims?: readonly number[]];
  readonly says: string;
}[] = [
  { operator: "LRN", attributes: { size: int(4) }, says: "LRN y has an even window" },
  { operator: "AveragePool", attributes: { kernel_shape: ints([2, 2]), dilations: ints([2, 1]) }, says: "AveragePool y is dilated" },
  {
    operator: "Gather",
    attributes: { axis: int(2) },
    also: [
      [0, 1, 1, 0],
      [2, 2],
    ],
    says: "Gather y gathers by a table",
  },
  {
    operator: "Pad",
    attributes: { mode: { kind: "string", value: "wrap" } },
    also: [[0, 0, 1, 0, 0, 0, 1, 0]],
    says: "Pad y pads in the mode wrap",
  },
  { operator: "CumSum", attributes: {}, also: [[0]], says: "the operator CumSum (node y)" },
];

/** What networks are made of at least; a normalised one holds no Constant, Dropout or Identity any more. */
const promised = `
  Conv ConvTranspose Gemm MatMul MaxPool AveragePool GlobalAveragePool GlobalMaxPool LRN BatchNormalization Relu Clip LeakyRelu Sigmoid
  Tanh HardSwish Softmax LogSoftmax Add Sub Mul Div Concat Split Slice Pad Resize Reshape Flatten Squeeze Transpose Cast
  ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare
`;

describe("the operators", () => {
  it("that networks are made of have a gradient each, and a form that is tried", () => {
    const tried = new Set(operatorForms.flatMap(({ graph }) => normalise(graph).nodes.map((node) => node.operator)));
    for (const operator of promised.trim().split(/\s+/)) {
      expect(operatorRules.get(operator)?.differentiate, operator).toBeDefined();
      expect(tried, operator).toContain(operator);
    }
    for (const operator of ["Constant", "ConstantOfShape", "Dropout", "Identity"])
      expect(operatorForms.some(({ graph }) => graph.nodes.some((node) => node.operator === operator))).toBe(true);
  });

  it("have a twin in tfjs each, but for the loss that networks are trained with", () => {
    const alone = [...operatorRules.keys()].filter((operator) => !operatorTwins.has(operator));
    expect(alone).toEqual(["SoftmaxCrossEntropyLoss"]);
    expect([...operatorTwins.keys()].filter((operator) => !operatorRules.has(operator))).toEqual([]);
  });
});

const largest = (values: Float32Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

describe.each(engines)("%s", (engine) => {
  let runner: FormRunner;
  beforeAll(() => {
    runner = startFormRunner(engine);
  });
  afterAll(() => runner.close());

  it.each(operatorForms)("computes as onnxruntime does, forward and backward: $title", async ({ graph, range }) => {
    const canonical = normalise(graph);
    const images = graph.inputs[0]?.dims[0] === 1 ? 1 : batch;
    const dims = (canonical.inputs[0]?.dims ?? []).map((dim) => (typeof dim === "number" ? dim : images));
    const x = spreadValues(
      dims.reduce((product, dim) => product * dim, 1),
      range,
    );
    const forward = await openGraph(graph);
    const backward = await openGraph(withGradient(canonical));
    try {
      const { y } = await forward.run({ x }, images);
      if (y === undefined) throw new Error("onnxruntime gave no y.");
      const seed = drawValues(11, y.length);
      const answer = await runner.ask({ graph: canonical, x, dims, seed });
      if ("refused" in answer) throw new Error(`${engine} refuses it: ${answer.refused}`);
      expect(largestDifference(answer.y, y)).toBeLessThan(largestError * (1 + largest(y)));
      const { gradient } = await backward.runShaped({ x, seed }, { seed: answer.shape }, images);
      if (gradient === undefined) throw new Error("onnxruntime gave no gradient.");
      expect(largestDifference(answer.gradient, gradient)).toBeLessThan(largestError * (0.1 + largest(gradient)));
      expect(answer.leftBehind).toBe(0);
    } finally {
      await Promise.all([forward.close(), backward.close()]);
    }
  });

  it.each([
    { window: "side by side", kernel: [2, 2], strides: [2, 2], pads: [0, 0, 0, 0] },
    { window: "overlapping, padded", kernel: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] },
  ])("gives a window's gradient to the first of equal maxima, as onnxruntime does: $window", async ({ kernel, strides, pads }) => {
    const builder = new GraphBuilder("ties");
    builder.input({ name: "x", type: "float32", dims: ["batch", 3, 6, 7] });
    const attributes = { kernel_shape: ints(kernel), strides: ints(strides), pads: ints(pads) };
    builder.output({ name: builder.node("MaxPool", "y", ["x"], attributes), type: "float32", dims: [] });
    const graph = normalise(builder.build());
    // Three levels only, zero among them, so that most windows hold a tie.
    const x = drawValues(3, 252, [0, 3]).map(Math.floor);
    const forward = await openGraph(graph);
    const backward = await openGraph(withGradient(graph));
    try {
      const seed = drawValues(4, (await forward.run({ x }, batch)).y?.length ?? 0);
      const answer = await runner.ask({ graph, x, dims: [batch, 3, 6, 7], seed });
      if ("refused" in answer) throw new Error(answer.refused);
      const { gradient } = await backward.runShaped({ x, seed }, { seed: answer.shape }, batch);
      expect(largestDifference(answer.gradient, gradient ?? [])).toBeLessThan(1e-6);
    } finally {
      await Promise.all([forward.close(), backward.close()]);
    }
  });

  it.each(unsupported)("refuses what it would get wrong, by name: $says", async ({ operator, attributes, also, says }) => {
    const builder = new GraphBuilder("unsupported");
    builder.input({ name: "x", type: "float32", dims: [2, 3, 6, 7] });
    const y = builder.node(operator, "y", ["x", ...(also === undefined ? [] : [builder.integers("also", ...also)])], attributes);
    builder.output({ name: y, type: "float32", dims: [] });
    const answer = await runner.ask({
      graph: builder.build(),
      x: spreadValues(252, [-1, 1]),
      dims: [2, 3, 6, 7],
      seed: new Float32Array(252),
    });
    expect(answer).toStrictEqual({ refused: expect.stringContaining(says) });
  });
});
