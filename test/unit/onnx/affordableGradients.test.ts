/** A file of a few hundred bytes can request a gradient of gigabytes. Each gradient here costs about as much as the network itself. */
import { differentiate } from "@pareidolia/onnx/differentiate";
import type { Attribute, Graph } from "@pareidolia/onnx/graph";
import { GraphBuilder, int, ints } from "@pareidolia/onnx/graphBuilder";
import { normalise } from "@pareidolia/onnx/normalise";
import { describe, expect, it } from "vitest";
import { dot, drawValues, openGraph, withGradient } from "../../support/onnxGraphs.ts";

const width = 4096;
const text = (value: string): Attribute => ({ kind: "string", value });
/** Limit on everything that a gradient adds to the network here. */
const mostBytes = 2 ** 20;

function row(build: (builder: GraphBuilder, x: string) => string, dims: readonly number[] = [1, 1, 1, width]): Graph {
  const builder = new GraphBuilder("row");
  const x = builder.input({ name: "x", type: "float32", dims: ["batch", ...dims.slice(1)] });
  builder.output({ name: build(builder, x), type: "float32", dims: [] });
  return normalise(builder.build());
}

const storedBytes = ({ initializers }: Graph): number => initializers.reduce((total, { data }) => total + data.byteLength, 0);
const everyOther = Array.from({ length: 4000 }, (_, at) => (at % 2 === 0 ? 7 : at));

/** Each is linear: the sum of outputs times weights is the sum of inputs times their gradient. */
const linear: readonly (readonly [what: string, graph: Graph])[] = [
  ["a mirrored border", row((b, x) => b.node("Pad", "y", [x, b.integers("pads", [0, 0, 0, 1, 0, 0, 0, 2])], { mode: text("reflect") }))],
  ["a repeated edge", row((b, x) => b.node("Pad", "y", [x, b.integers("pads", [0, 0, 0, 900, 0, 0, 0, 3])], { mode: text("edge") }))],
  ["one position gathered 4,000 times", row((b, x) => b.node("Gather", "y", [x, b.integers("at", Array(4000).fill(5))], { axis: int(3) }))],
  [
    "one position gathered 2,000 times between others",
    row((b, x) => b.node("Gather", "y", [x, b.integers("at", everyOther)], { axis: int(3) })),
  ],
  ["a strided pooling", row((b, x) => b.node("AveragePool", "y", [x], { kernel_shape: ints([1, 2]), strides: ints([1, 2]) }))],
  [
    "a pooling of one window with a huge stride",
    row((b, x) => b.node("AveragePool", "y", [x], { kernel_shape: ints([1, 3000]), strides: ints([1, 2 ** 30]) })),
  ],
  [
    "a pointwise convolution with a stride of 64",
    row(
      (b, x) => b.node("Conv", "y", [x, b.floats("w", [64, 16, 1, 1], drawValues(3, 1024))], { strides: ints([64, 64]) }),
      [1, 16, 65, 65],
    ),
  ],
];

describe("the gradient of", () => {
  it.each(linear)("%s is correct and stores little", async (_, graph) => {
    const differentiated = withGradient(graph);
    expect(storedBytes(differentiated) - storedBytes(graph)).toBeLessThan(mostBytes);
    const session = await openGraph(differentiated);
    try {
      const count = (graph.inputs[0]?.dims ?? []).reduce<number>((product, dim) => product * (typeof dim === "number" ? dim : 1), 1);
      const outputs = (graph.outputs[0]?.dims ?? []).map((dim) => (typeof dim === "number" ? dim : 1));
      const x = drawValues(1, count);
      const seed = drawValues(
        2,
        outputs.reduce((product, dim) => product * dim, 1),
      );
      const { y, gradient } = await session.runShaped({ x, seed }, { seed: outputs });
      const scale = Math.sqrt(dot(seed, seed) * dot(y ?? [], y ?? []));
      expect(Math.abs(dot(seed, y ?? []) - dot(x, gradient ?? []))).toBeLessThan(1e-5 * scale);
      expect(gradient?.length).toBe(count);
    } finally {
      await session.close();
    }
  });
});

describe("a gradient is refused, naming the node,", () => {
  const resized = (b: GraphBuilder, from: string, name: string, to: number): string =>
    b.node("Resize", name, [from, "", "", b.integers(`${name}.to`, [to])], { axes: ints([3]), mode: text("linear") });
  const gradientOf = (graph: Graph): Graph => {
    const builder = new GraphBuilder("sum", { ...graph, outputs: [] });
    const sum = builder.node("ReduceSum", "sum", [graph.outputs[0]?.name ?? ""], { keepdims: int(0) });
    return differentiate(builder.build(), { of: sum, withRespectTo: graph.inputs });
  };

  it("if its matrix for one axis would exhaust memory", () => {
    expect(() => gradientOf(row((b, x) => resized(b, x, "y", width + 40)))).toThrow(
      expect.objectContaining({
        code: "INVALID_INPUT",
        message: expect.stringMatching(/Resize node "y" resizes an axis from 4096 to 4136/),
      }),
    );
  });

  it("if many small matrices store too much in total", () => {
    const many = row(
      (b, x) => Array.from({ length: 12 }).reduce<string>((value, _, at) => resized(b, value, `y${at}`, at % 2 === 0 ? 2000 : 2001), x),
      [1, 1, 1, 2000],
    );
    expect(() => gradientOf(many)).toThrow(
      expect.objectContaining({
        code: "INVALID_INPUT",
        message: expect.stringMatching(/Resize node "y\d" makes the network's gradient store more than 64 MB/),
      }),
    );
  });
});
