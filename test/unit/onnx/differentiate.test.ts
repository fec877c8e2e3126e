import { Purpose, Random } from "@pareidolia/core/random";
import { differentiate, gradientName } from "@pareidolia/onnx/differentiate";
import type { Graph, ValueInfo } from "@pareidolia/onnx/graph";
import { GraphBuilder, int, ints } from "@pareidolia/onnx/graphBuilder";
import { leNet } from "@pareidolia/onnx/graphs/leNet";
import { buildNetworkLoss } from "@pareidolia/onnx/graphs/network";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";

type Values = Record<string, Float32Array | BigInt64Array>;

async function evaluate(graph: Graph, values: Values, batch: number): Promise<Record<string, Float32Array>> {
  const session = await InferenceSession.create(encodeModel(graph), { intraOpNumThreads: 1 });
  try {
    const feeds = Object.fromEntries(
      graph.inputs.map(({ name, dims }) => {
        const sizes = dims.map((dim) => (typeof dim === "number" ? dim : batch));
        const data = values[name];
        return [
          name,
          data instanceof BigInt64Array ? new Tensor("int64", data, sizes) : new Tensor("float32", data as Float32Array, sizes),
        ];
      }),
    );
    const results = await session.run(feeds);
    return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, Float32Array.from(tensor.data as Float32Array)]));
  } finally {
    await session.release();
  }
}

function draw(random: Random, count: number, scale: number): Float32Array {
  return Float32Array.from({ length: count }, () => scale * (2 * random.uniform() - 1));
}

/** Compares each gradient with central differences in double the step; the loss itself is float32, hence the tolerance. */
async function expectGradients(
  graph: Graph,
  targets: readonly ValueInfo[],
  values: Values,
  options: { batch: number; step: number; probes: number; tolerance: number },
) {
  const differentiated = await evaluate(differentiate(graph, { of: "loss", withRespectTo: targets }), values, options.batch);
  const random = new Random({ seed: 9, generation: 0, index: 0, purpose: Purpose.NOISE });
  for (const { name } of targets) {
    const gradient = differentiated[gradientName(name)] as Float32Array;
    const original = values[name] as Float32Array;
    expect(gradient.length, name).toBe(original.length);
    const scale = gradient.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    expect(scale, `${name} has a gradient at all`).toBeGreaterThan(0);
    for (let probe = 0; probe < options.probes; probe++) {
      const at = random.below(original.length);
      const lossAt = async (change: number): Promise<number> => {
        const moved = original.slice();
        moved[at] = (moved[at] as number) + change;
        return (await evaluate(graph, { ...values, [name]: moved }, options.batch)).loss?.[0] as number;
      };
      const difference = ((await lossAt(options.step)) - (await lossAt(-options.step))) / (2 * options.step);
      expect(Math.abs(difference - (gradient[at] as number)), `${name}[${at}]: ${gradient[at]} against ${difference}`).toBeLessThan(
        options.tolerance * scale + 1e-6,
      );
    }
  }
}

/** A small network with every operator, also differentiated with respect to its pixels. The bias pushes every pooling window below zero. */
function smallNetwork(bias: number): { graph: Graph; targets: ValueInfo[]; values: Values } {
  const random = new Random({ seed: 4, generation: 0, index: 0, purpose: Purpose.NOISE });
  const builder = new GraphBuilder("small");
  const targets: ValueInfo[] = [
    { name: "pixels", type: "float32", dims: [2, 2, 7, 7] },
    { name: "filters", type: "float32", dims: [3, 2, 3, 3] },
    { name: "offsets", type: "float32", dims: [3] },
    { name: "hidden.weights", type: "float32", dims: [6, 27] },
    { name: "hidden.bias", type: "float32", dims: [6] },
    { name: "weights", type: "float32", dims: [4, 6] },
    { name: "biases", type: "float32", dims: [4] },
  ];
  const values: Values = { labels: BigInt64Array.of(1n, 3n) };
  for (const target of targets) {
    builder.input(target);
    values[target.name] = draw(
      random,
      target.dims.reduce<number>((product, size) => product * (size as number), 1),
      1,
    );
  }
  values.offsets = Float32Array.of(bias, bias, bias);
  builder.input({ name: "labels", type: "int64", dims: [2] });
  const conv = builder.node("Conv", "conv", ["pixels", "filters", "offsets"], { kernel_shape: ints([3, 3]), pads: ints([1, 0, 0, 1]) });
  const pool = builder.node("MaxPool", "pool", [conv], { kernel_shape: ints([2, 2]), strides: ints([2, 2]) });
  const flat = builder.node("Flatten", "flat", [pool]);
  const hidden = builder.node("Gemm", "hidden", [flat, "hidden.weights", "hidden.bias"], { transB: int(1) });
  const gate = builder.node("Relu", "gate", [hidden]);
  const scores = builder.node("Gemm", "scores", [gate, "weights", "biases"], { transB: int(1) });
  const loss = builder.node("SoftmaxCrossEntropyLoss", "loss", [scores, "labels"]);
  builder.output({ name: conv, type: "float32", dims: [2, 3, 6, 6] });
  builder.output({ name: loss, type: "float32", dims: [] });
  return { graph: builder.build(), targets, values };
}

describe("differentiate", () => {
  it("agrees with finite differences for every operator, for weights and pixels", async () => {
    const { graph, targets, values } = smallNetwork(0.1);
    await expectGradients(graph, targets, values, { batch: 2, step: 0.002, probes: 12, tolerance: 0.01 });
  });

  it("passes the gradient to the maximum of a pooling window with only negative values", async () => {
    const { graph, targets, values } = smallNetwork(-40);
    const convolved = (await evaluate(graph, values, 2)).conv as Float32Array;
    expect(Math.max(...convolved)).toBeLessThan(0);
    await expectGradients(graph, targets, values, { batch: 2, step: 0.002, probes: 12, tolerance: 0.02 });
  });

  it("counts a pooling window with ties once", async () => {
    const builder = new GraphBuilder("ties");
    const pixels = { name: "pixels", type: "float32" as const, dims: [1, 1, 2, 2] };
    builder.input(pixels);
    builder.input({ name: "labels", type: "int64", dims: [1] });
    const pool = builder.node("MaxPool", "pool", ["pixels"], { kernel_shape: ints([2, 2]), strides: ints([2, 2]) });
    builder.floats("weights", [2, 1], Float32Array.of(1, -1));
    const scores = builder.node("Gemm", "scores", [builder.node("Flatten", "flat", [pool]), "weights"], { transB: int(1) });
    builder.output({ name: builder.node("SoftmaxCrossEntropyLoss", "loss", [scores, "labels"]), type: "float32", dims: [] });
    const graph = differentiate(builder.build(), { of: "loss", withRespectTo: [pixels] });
    const { [gradientName("pixels")]: gradient } = await evaluate(
      graph,
      { pixels: new Float32Array(4).fill(-3), labels: BigInt64Array.of(0n) },
      1,
    );
    const shares = [...(gradient as Float32Array)];
    expect(shares.filter((share) => share !== 0)).toHaveLength(1);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(-2 / (1 + Math.exp(-6)), 4);
  });

  it("adds the gradients of a value that is used twice", async () => {
    const builder = new GraphBuilder("twice");
    const weights = { name: "weights", type: "float32" as const, dims: [2, 2] };
    builder.input({ name: "pixels", type: "float32", dims: [1, 2] });
    builder.input(weights);
    builder.input({ name: "labels", type: "int64", dims: [1] });
    const first = builder.node("Gemm", "first", ["pixels", "weights"], { transB: int(1) });
    const second = builder.node("Gemm", "second", [first, "weights"], { transB: int(1) });
    builder.output({ name: builder.node("SoftmaxCrossEntropyLoss", "loss", [second, "labels"]), type: "float32", dims: [] });
    const values = { pixels: Float32Array.of(0.3, -0.7), weights: Float32Array.of(0.5, -0.2, 0.8, 0.1), labels: BigInt64Array.of(1n) };
    await expectGradients(builder.build(), [weights], values, { batch: 1, step: 0.002, probes: 8, tolerance: 0.005 });
  });

  it("differentiates LeNet's loss with respect to every weight", async () => {
    const random = new Random({ seed: 2, generation: 0, index: 0, purpose: Purpose.NOISE });
    const values: Values = { pixels: draw(random, 3 * 784, 255).map(Math.abs), labels: BigInt64Array.of(0n, 7n, 9n) };
    for (const { name, dims, fanIn } of leNet().parameters)
      values[name] = draw(
        random,
        dims.reduce((a, b) => a * b, 1),
        fanIn === 0 ? 0.1 : Math.sqrt(3 / fanIn),
      );
    const graph = buildNetworkLoss(leNet(), { mean: new Float32Array(784).fill(33), dims: [1, 28, 28], scale: 1 / 256 });
    await expectGradients(graph, leNet().parameters, values, { batch: 3, step: 0.004, probes: 4, tolerance: 0.05 });
  });

  it.each(["scale", "shift", "mean", "variance"])("refuses a BatchNormalization whose %s depends on the image", (part) => {
    const builder = new GraphBuilder("refused");
    const pixels = { name: "pixels", type: "float32" as const, dims: [2, 3, 4, 4] };
    builder.input(pixels);
    const own = builder.node("ReduceL2", "own", ["pixels", builder.integers("axes", [0, 2, 3])], { keepdims: int(0) });
    const parts = ["scale", "shift", "mean", "variance"].map((name) =>
      name === part ? own : builder.floats(name, [3], new Float32Array(3).fill(1)),
    );
    builder.node("BatchNormalization", "loss", ["pixels", ...parts]);
    expect(() => differentiate(builder.build(), { of: "loss", withRespectTo: [pixels] })).toThrow(
      `The network's BatchNormalization node "loss" has a scale or statistics that depend on the image`,
    );
  });

  it("refuses a Pad whose value depends on the image", () => {
    const builder = new GraphBuilder("refused");
    const pixels = { name: "pixels", type: "float32" as const, dims: [2, 3, 4, 4] };
    builder.input(pixels);
    const value = builder.node("ReduceMax", "value", ["pixels"], { keepdims: int(0) });
    builder.node("Pad", "loss", ["pixels", builder.integers("pads", [0, 0, 1, 1, 0, 0, 1, 1]), value]);
    expect(() => differentiate(builder.build(), { of: "loss", withRespectTo: [pixels] })).toThrow(
      `The network's Pad node "loss" fills its border with a value that depends on the image`,
    );
  });

  it("propagates no gradient through the indices of a pooling's maxima", async () => {
    const pixels = { name: "pixels", type: "float32" as const, dims: [1, 1, 4, 6] };
    const builder = new GraphBuilder("places");
    builder.input(pixels);
    builder.node("MaxPool", "pool", ["pixels"], { kernel_shape: ints([2, 2]), strides: ints([2, 2]) }, ["places"]);
    const mean = builder.node("AveragePool", "mean", ["pixels"], { kernel_shape: ints([2, 2]), strides: ints([2, 2]) });
    const shares = builder.node("Mul", "shares", [
      builder.node("Cast", "numbers", ["places"], { to: int(1) }),
      builder.floats("small", [], Float32Array.of(0.1)),
    ]);
    const scores = builder.node("Flatten", "scores", [builder.node("Add", "sum", [mean, shares])]);
    const moved = builder.node("Sub", "moved", [scores, builder.floats("offsets", [6], Float32Array.of(1, 2, 3, 4, 5, 6))]);
    builder.output({ name: builder.node("ReduceSumSquare", "loss", [moved], { keepdims: int(0) }), type: "float32", dims: [] });
    const values = { pixels: Float32Array.from({ length: 24 }, (_, place) => ((place * 7) % 24) / 24) };
    await expectGradients(builder.build(), [pixels], values, { batch: 1, step: 0.01, probes: 12, tolerance: 0.01 });
  });

  it("refuses a piecewise constant value, whose gradient is zero everywhere", () => {
    const builder = new GraphBuilder("steps");
    const pixels = { name: "pixels", type: "float32" as const, dims: [2, 3] };
    builder.input(pixels);
    builder.node("Cast", "loss", [builder.node("Cast", "whole", ["pixels"], { to: int(7) })], { to: int(1) });
    expect(() => differentiate(builder.build(), { of: "loss", withRespectTo: [pixels] })).toThrow(
      "loss does not depend smoothly on any of the given values",
    );
  });

  it("refuses an operator without a rule, instead of returning a wrong gradient", () => {
    const pixels = { name: "pixels", type: "float32" as const, dims: [1, 1, 4, 4] };
    const withNode = (operator: string, attributes: Parameters<GraphBuilder["node"]>[3]) => {
      const builder = new GraphBuilder("refused");
      builder.input(pixels);
      builder.node(operator, "loss", ["pixels"], attributes);
      return () => differentiate(builder.build(), { of: "loss", withRespectTo: [pixels] });
    };
    expect(withNode("Sin", {})).toThrow(/Sin has no gradient rule/);
    expect(withNode("MaxPool", { kernel_shape: ints([2]) })).toThrow(/MaxPool node "loss" does not slide over rows and columns/);
    expect(withNode("MaxPool", { kernel_shape: ints([5, 5]) })).toThrow(/window larger than its input/);
  });
});
