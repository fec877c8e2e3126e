/** Networks whose probabilities do not come from a Softmax at the very end: their own outputs are scored. */
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import { addLogits } from "@pareidolia/onnx/addLogits";
import { dropFirstClasses } from "@pareidolia/onnx/dropFirstClasses";
import { inputGradientGraph } from "@pareidolia/onnx/gradientGraph";
import type { Graph } from "@pareidolia/onnx/graph";
import { GraphBuilder, int } from "@pareidolia/onnx/graphBuilder";
import { normalise } from "@pareidolia/onnx/normalise";
import { withPreprocessing } from "@pareidolia/onnx/prologue";
import { renameValues } from "@pareidolia/onnx/renameValues";
import { describe, expect, it } from "vitest";
import { dot, drawValues, openGraph } from "../../support/onnxGraphs.ts";

const classes = 5;
const images = 3;
const preprocessing: Preprocessing = { width: 4, height: 3, channels: 1, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [1] };
const pixels = drawValues(1, images * 12, [0, 4]);
const step = 0.01;

type End = (builder: GraphBuilder, logits: string) => string;

function network(end: End, opset = 18): Graph {
  const builder = new GraphBuilder("network");
  const x = builder.input({ name: "x", type: "float32", dims: ["n", 1, 3, 4] });
  const flat = builder.node("Flatten", "flat", [x], { axis: int(1) });
  const logits = builder.node("MatMul", "scores", [flat, builder.floats("weights", [12, classes], drawValues(2, 12 * classes))]);
  builder.output({ name: end(builder, logits), type: "float32", dims: ["n", classes] });
  return normalise({ ...builder.build(), opset });
}

const number = (builder: GraphBuilder, name: string, value: number): string => builder.floats(name, [], Float32Array.of(value));
const reduce = (builder: GraphBuilder, operator: string, name: string, value: string): string =>
  builder.node(operator, name, [value, builder.integers(`${name}.axes`, [1])], { keepdims: int(1) });
const softmax = (builder: GraphBuilder, value: string, name = "softmax"): string =>
  builder.node("Softmax", name, [value], { axis: int(1) });
const exponentials = (builder: GraphBuilder, value: string): string => builder.node("Exp", "exp", [value]);

const sigmoids: End = (builder, logits) => {
  const each = builder.node("Sigmoid", "each", [logits]);
  return builder.node("Div", "y", [each, reduce(builder, "ReduceSum", "sum", each)]);
};
/** Every class except the first. */
const cut = (builder: GraphBuilder, value: string, name = "y"): string =>
  builder.node("Slice", name, [value, builder.integers("from", [1]), builder.integers("to", [classes]), builder.integers("along", [1])]);

/** `logits`: whether the network's own logits are found, not only logits with the same differences. */
const ends: readonly { readonly title: string; readonly end: End; readonly logits: boolean }[] = [
  {
    title: "exponentials divided by their sum",
    end: (b, x) => b.node("Div", "y", [exponentials(b, x), reduce(b, "ReduceSum", "sum", "exp")]),
    logits: true,
  },
  {
    title: "exponentials of the differences from the maximum, divided by their sum",
    end: (b, x) => {
      const exp = exponentials(b, b.node("Sub", "below", [x, reduce(b, "ReduceMax", "largest", x)]));
      return b.node("Div", "y", [exp, reduce(b, "ReduceSum", "sum", exp)]);
    },
    logits: true,
  },
  {
    title: "exponentials divided by their expanded sum plus an epsilon",
    end: (b, x) => {
      const exp = exponentials(b, x);
      const kept = b.node("Add", "kept", [reduce(b, "ReduceSum", "sum", exp), number(b, "epsilon", 1e-7)]);
      return b.node("Div", "y", [exp, b.node("Expand", "wide", [kept, b.integers("to", [1, classes])])]);
    },
    logits: true,
  },
  {
    title: "the exponential of LogSoftmax",
    end: (b, x) => b.node("Exp", "y", [b.node("LogSoftmax", "log", [x], { axis: int(1) })]),
    logits: true,
  },
  {
    title: "the exponential of logits minus their LogSumExp",
    end: (b, x) => b.node("Exp", "y", [b.node("Sub", "rest", [x, reduce(b, "ReduceLogSumExp", "all", x)])]),
    logits: true,
  },
  {
    title: "Softmax, clipped near 0 and 1",
    end: (b, x) => b.node("Clip", "y", [softmax(b, x), number(b, "low", 1e-7), number(b, "high", 1 - 1e-7)]),
    logits: true,
  },
  { title: "Softmax times 1", end: (b, x) => b.node("Mul", "y", [number(b, "one", 1), softmax(b, x)]), logits: true },
  { title: "Softmax plus a tiny constant", end: (b, x) => b.node("Add", "y", [softmax(b, x), number(b, "little", 1e-9)]), logits: true },
  {
    title: "exponentials times the reciprocal of their sum",
    end: (b, x) => {
      const exp = exponentials(b, x);
      return b.node("Mul", "y", [exp, b.node("Reciprocal", "by", [reduce(b, "ReduceSum", "sum", exp)])]);
    },
    logits: true,
  },
  {
    title: "the expanded reciprocal of the sum of exponentials, times the exponentials",
    end: (b, x) => {
      const exp = exponentials(b, x);
      const by = b.node("Div", "by", [number(b, "one", 1), reduce(b, "ReduceSum", "sum", exp)]);
      return b.node("Mul", "y", [b.node("Expand", "wide", [by, b.integers("to", [1, classes])]), exp]);
    },
    logits: true,
  },
  {
    title: "Softmax, sliced to its full range",
    end: (b, x) => b.node("Slice", "y", [softmax(b, x), b.integers("from", [0]), b.integers("to", [9]), b.integers("axis", [1])]),
    logits: true,
  },
  {
    title: "Softmax, unsqueezed and gathered back",
    end: (b, x) => {
      const apart = b.node("Unsqueeze", "apart", [softmax(b, x), b.integers("axis", [1])]);
      return b.node("Gather", "y", [apart, b.integers("first", [0], [])], { axis: int(1) });
    },
    logits: true,
  },
  {
    title: "Softmax with reordered classes",
    end: (b, x) => b.node("Gather", "y", [softmax(b, x), b.integers("order", [3, 1, -1, 0, 2])], { axis: int(1) }),
    logits: false,
  },
  {
    title: "Softmax divided by its own sum plus an epsilon",
    end: (b, x) => {
      const kept = b.node("Add", "kept", [reduce(b, "ReduceSum", "sum", softmax(b, x)), number(b, "epsilon", 1e-9)]);
      return b.node("Div", "y", ["softmax", kept]);
    },
    logits: true,
  },
  {
    title: "the sum of two Softmaxes, divided by its own sum",
    end: (b, x) => {
      const both = b.node("Add", "both", [softmax(b, x), softmax(b, b.node("Neg", "negative", [x]), "other")]);
      return b.node("Div", "y", [both, reduce(b, "ReduceSum", "sum", both)]);
    },
    logits: false,
  },
  { title: "sigmoids divided by their sum", end: sigmoids, logits: false },
  {
    title: "the mean of two Softmaxes",
    end: (b, x) => {
      const other = softmax(b, b.node("Neg", "negative", [x]), "other");
      return b.node("Mul", "y", [b.node("Add", "both", [softmax(b, x), other]), number(b, "half", 0.5)]);
    },
    logits: false,
  },
];

async function run(graph: Graph, values: Readonly<Record<string, Float32Array>>): Promise<Record<string, Float32Array>> {
  const session = await openGraph(graph);
  try {
    return await session.run(values, images);
  } finally {
    await session.close();
  }
}

function expectClose(found: ArrayLike<number> | undefined, expected: ArrayLike<number> | undefined, tolerance = 1e-5): void {
  expect(found?.length).toBe(expected?.length);
  for (let at = 0; at < (expected?.length ?? 0); at++)
    expect(Math.abs((found?.[at] ?? Number.NaN) - (expected?.[at] ?? 0))).toBeLessThan(tolerance);
}

/** Gradient of each image's outputs times `weights`, with respect to its pixels. */
async function finiteDifferences(graph: Graph, weights: Float32Array): Promise<Float32Array> {
  const size = pixels.length / images;
  const differences = new Float32Array(pixels.length);
  for (let at = 0; at < size; at++) {
    const [above, below] = await Promise.all(
      [step, -step].map(
        async (change) => (await run(graph, { x: pixels.map((value, index) => (index % size === at ? value + change : value)) })).y,
      ),
    );
    for (let image = 0; image < images; image++) {
      const ofImage = (values: Float32Array | undefined) => values?.subarray(image * classes, (image + 1) * classes) ?? [];
      const own = ofImage(weights);
      differences[image * size + at] = (dot(ofImage(above), own) - dot(ofImage(below), own)) / (2 * step);
    }
  }
  return differences;
}

describe("a network that ends in", () => {
  it.each(ends)("$title is scored with its own probabilities", async ({ end, logits }) => {
    const graph = network(end);
    const { y } = await run(graph, { x: pixels });
    const prepared = await run(withPreprocessing(graph, preprocessing, { kind: "whole" }), { pixels });
    expectClose(prepared.probabilities, y);
    const { scores } = await run(
      network((_, x) => x),
      { x: pixels },
    );
    if (logits) expectClose(prepared.logits, scores);
  });

  it.each(ends)("$title has the gradient of its own probabilities", async ({ end, logits }) => {
    const graph = network(end);
    const weights = drawValues(3, images * classes);
    const gradientOf = async (of: Graph) => (await run(inputGradientGraph(of, "probabilities"), { pixels, weights })).gradient;
    const found = await gradientOf(graph);
    expectClose(found, await finiteDifferences(graph, weights), 2e-4);
    if (logits) expectClose(found, await gradientOf(network(softmax)));
  });

  it.each(ends)("$title keeps the proportions of the remaining classes", async ({ end }) => {
    const graph = network(end);
    const { y = new Float32Array() } = await run(graph, { x: pixels });
    const shorter = withPreprocessing(dropFirstClasses(graph, 2), preprocessing, { kind: "whole" });
    const { probabilities } = await run(shorter, { pixels });
    const expected = Array.from({ length: images }, (_, image) => {
      const left = [...y.subarray(image * classes + 2, (image + 1) * classes)];
      const sum = left.reduce((total, value) => total + value, 0);
      return left.map((value) => value / sum);
    });
    expectClose(probabilities, expected.flat());
  });

  it("values named like the added ones has the same scores and gradient as any other", async () => {
    const own = network(sigmoids);
    const clashing = renameValues(
      own,
      new Map([
        ["flat", "own"],
        ["weights", "weights"],
        ["scores", "network.weights"],
        ["each", "own.floored"],
        ["sum", "logits.floor"],
        ["sum.axes", "seed.axis"],
        ["y", "logits"],
      ]),
    );
    const weights = drawValues(3, images * classes);
    const gradientOf = async (graph: Graph) => (await run(inputGradientGraph(graph, "log-probabilities"), { pixels, weights })).gradient;
    expectClose(await gradientOf(clashing), await gradientOf(own));
    const framing = { kind: "crops", count: 10, imageSize: 6 } as const;
    const larger = drawValues(5, images * 36, [0, 4]);
    const scoresOf = async (graph: Graph) => (await run(withPreprocessing(graph, preprocessing, framing), { pixels: larger })).logits;
    expectClose(await scoresOf(clashing), await scoresOf(own));
  });

  it.each<[string, End, RegExp]>([
    [
      "weighted probabilities",
      (b, x) => b.node("Mul", "y", [softmax(b, x), b.floats("prior", [classes], drawValues(4, classes, [0.1, 1]))]),
      /Mul node "y" changes the probabilities/,
    ],
    [
      "clipped probabilities",
      (b, x) => b.node("Clip", "y", [softmax(b, x), number(b, "low", 0.1), number(b, "high", 0.9)]),
      /Clip node "y" changes the probabilities/,
    ],
    ["all classes but the first", (b, x) => cut(b, softmax(b, x)), /Slice node "y" changes the probabilities/],
    [
      "all classes but the first, scaled up",
      (b, x) => b.node("Mul", "y", [cut(b, softmax(b, x), "cut"), number(b, "hundred", 100)]),
      /Slice node "cut" changes the probabilities/,
    ],
    [
      "some classes",
      (b, x) => b.node("Gather", "y", [softmax(b, x), b.integers("some", [1, 2, 2, 3])], { axis: int(1) }),
      /Gather node "y" changes the probabilities/,
    ],
    [
      "one part of the classes",
      (b, x) => b.node("Split", "y", [softmax(b, x), b.integers("parts", [3, 2])], { axis: int(1) }, ["rest"]),
      /Split node "y" changes the probabilities/,
    ],
    [
      "additional classes",
      (b, x) => b.node("Pad", "y", [softmax(b, x), b.integers("pads", [0, 1, 0, 0]), number(b, "value", 0.1)]),
      /Pad node "y" changes the probabilities/,
    ],
    [
      "the probabilities of two networks side by side",
      (b, x) => b.node("Concat", "y", [softmax(b, b.node("Neg", "negative", [x]), "other"), softmax(b, x)], { axis: int(1) }),
      /Concat node "y" changes the probabilities/,
    ],
    [
      "probabilities concatenated with scores",
      (b, x) => b.node("Concat", "y", [x, softmax(b, x)], { axis: int(1) }),
      /Concat node "y" changes the probabilities/,
    ],
    [
      "the complement of the probabilities",
      (b, x) => b.node("Sub", "y", [number(b, "one", 1), softmax(b, x)]),
      /Sub node "y" changes the probabilities/,
    ],
  ])("%s is refused", (_, end, message) => {
    expect(() => withPreprocessing(network(end), preprocessing, { kind: "whole" })).toThrow(
      expect.objectContaining({ code: "INVALID_INPUT", message: expect.stringMatching(message) }),
    );
  });

  it.each<[string, End]>([
    ["scores divided by a temperature", (b, x) => b.node("Div", "y", [x, number(b, "temperature", 2)])],
    ["scores divided by the sum of others", (b, x) => b.node("Div", "y", [x, reduce(b, "ReduceSum", "sum", exponentials(b, x))])],
    ["LogSoftmax", (b, x) => b.node("LogSoftmax", "y", [x], { axis: int(1) })],
    ["the logarithm of all probabilities but the first", (b, x) => cut(b, b.node("Log", "log", [softmax(b, x)]))],
    ["scores multiplied by probabilities", (b, x) => b.node("Mul", "y", [x, softmax(b, x)])],
    [
      "exponentials divided by their sum over all images",
      (b, x) => {
        const exp = exponentials(b, x);
        return b.node("Div", "y", [exp, b.node("ReduceSum", "sum", [exp, b.integers("axes", [0])])]);
      },
    ],
  ])("%s uses them as its logits", async (_, end) => {
    const graph = network(end);
    const { y } = await run(graph, { x: pixels });
    const { logits } = await run(withPreprocessing(graph, preprocessing, { kind: "whole" }), { pixels });
    expectClose(logits, y);
  });

  it("many nested doublings is read in bounded time", () => {
    const end: End = (b, x) =>
      Array.from({ length: 60 }).reduce<string>((value, _, at) => b.node("Add", `sum${at}`, [value, value]), softmax(b, x));
    const graph = network(end);
    let reads = 0;
    const nodes = graph.nodes.map((node) => ({
      ...node,
      get inputs() {
        if (++reads > 100 * graph.nodes.length) throw new Error("The nodes are read too often.");
        return node.inputs;
      },
    }));
    expect(addLogits(new GraphBuilder("logits", graph), { ...graph, nodes }, graph.outputs[0]?.name ?? "", "logits")).toBe("logits");
  });
});
