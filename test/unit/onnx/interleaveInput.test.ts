import { Purpose, Random } from "@pareidolia/core/random";
import type { Attribute, Graph } from "@pareidolia/onnx/graph";
import { GraphBuilder, int, ints } from "@pareidolia/onnx/graphBuilder";
import { interleaveInput } from "@pareidolia/onnx/interleaveInput";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";

const [height, width] = [9, 11];
const random = new Random({ seed: 5, generation: 0, index: 0, purpose: Purpose.SELECT });
const draw = (count: number): Float32Array => Float32Array.from({ length: count }, () => 2 * random.uniform() - 1);

interface Step {
  readonly operator: string;
  readonly dims: readonly number[];
  readonly values: readonly number[];
}

interface Head {
  readonly scalings?: readonly Step[];
  readonly weights?: readonly number[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly channels?: number;
  /** Adds nodes between the pixels and the convolution. */
  readonly begin?: (builder: GraphBuilder, pixels: string) => string;
  /** Adds other nodes that read the convolution's input. */
  readonly alsoRead?: (builder: GraphBuilder, value: string) => string;
}

const perChannel = (operator: string, values: readonly number[], dims: readonly number[] = [1, 3, 1, 1]): Step => ({
  operator,
  dims,
  values,
});

function network({ scalings = [], weights = [4, 3, 3, 3], attributes = {}, channels = 3, begin, alsoRead }: Head): Graph {
  const builder = new GraphBuilder("network");
  let value = builder.input({ name: "pixels", type: "float32", dims: ["batch", channels, height, width] });
  if (begin !== undefined) value = begin(builder, value);
  for (const [i, { operator, dims, values }] of scalings.entries())
    value = builder.node(operator, `scaled${i}`, [value, builder.floats(`constant${i}`, dims, Float32Array.from(values))]);
  const count = weights.reduce((product, size) => product * size, 1);
  const inputs = [value, builder.floats("weights", weights, draw(count)), builder.floats("bias", [weights[0] ?? 1], draw(weights[0] ?? 1))];
  const sums = builder.node("Relu", "relu", [builder.node("Conv", "sums", inputs, attributes)]);
  const flat = builder.node("Flatten", "flat", [sums]);
  builder.output({ name: alsoRead === undefined ? flat : alsoRead(builder, value), type: "float32", dims: ["batch", "classes"] });
  return builder.build();
}

async function run(graph: Graph, pixels: Float32Array, dims: readonly number[]): Promise<number[]> {
  const session = await InferenceSession.create(encodeModel(graph), { intraOpNumThreads: 1 });
  try {
    const results = await session.run({ pixels: new Tensor("float32", pixels, dims) });
    return Array.from(results[graph.outputs[0]?.name ?? ""]?.data as Float32Array);
  } finally {
    await session.release();
  }
}

const mean = perChannel("Sub", [0.3, -0.2, 0.1]);
const factor = perChannel("Mul", [2, 0.5, -1.5]);
const padded = { strides: ints([2, 3]), pads: ints([1, 0, 2, 1]) };

describe("a network that reads channels interleaved", () => {
  it.each<[string, Head]>([
    ["a plain convolution", {}],
    ["strides and asymmetric padding", { attributes: padded }],
    ["dilated rows", { attributes: { dilations: ints([2, 1]), pads: ints([1, 1, 1, 1]) } }],
    ["a mean and factor per channel, and padding", { scalings: [mean, factor], attributes: padded }],
    ["one mean and factor for all channels", { scalings: [perChannel("Sub", [0.5], []), perChannel("Mul", [2], [1])], attributes: padded }],
    ["constants without a batch axis", { scalings: [perChannel("Add", [1, 2, 3], [3, 1, 1]), perChannel("Div", [2, 4, 8], [3, 1, 1])] }],
    ["a factor before the mean", { scalings: [factor, mean], attributes: padded }],
    ["windows of one pixel, which may reorder channels", { weights: [3, 3, 1, 1] }],
  ])("computes the same results with %s", async (_, head) => {
    const graph = network(head);
    const interleaved = interleaveInput(graph);
    if (interleaved === null) throw new Error("This network should be interleaved.");
    const images = draw(2 * height * width * 3);
    const planes = Float32Array.from(images, (__, place) => {
      const [image, rest] = [Math.floor(place / (3 * height * width)), place % (3 * height * width)];
      const [channel, pixel] = [Math.floor(rest / (height * width)), rest % (height * width)];
      return images[(image * height * width + pixel) * 3 + channel] as number;
    });
    const expected = await run(graph, planes, [2, 3, height, width]);
    const found = await run(interleaved, images, [2, 1, height, 3 * width]);
    expect(found).toHaveLength(expected.length);
    for (const [place, value] of expected.entries()) expect(Math.abs((found[place] as number) - value)).toBeLessThan(1e-5);
  });

  it("folds a factor right before the convolution into its weights", () => {
    const operators = (head: Head) => interleaveInput(network(head))?.nodes.map(({ operator }) => operator);
    expect(operators({ scalings: [mean, factor] })).toStrictEqual(["Sub", "Conv", "Relu", "Flatten"]);
    expect(operators({ scalings: [factor, mean] })).toStrictEqual(["Mul", "Sub", "Conv", "Relu", "Flatten"]);
  });

  it.each<[string, Head]>([
    ["of one channel", { channels: 1, weights: [4, 1, 3, 3] }],
    ["with dilated columns", { attributes: { dilations: ints([1, 2]) } }],
    ["with a depthwise convolution", { weights: [3, 1, 3, 3], attributes: { group: int(3) } }],
    ["with a mean image", { scalings: [{ operator: "Sub", dims: [1, 3, height, width], values: Array(3 * height * width).fill(1) }] }],
    ["with a mean per column", { scalings: [{ operator: "Sub", dims: [width], values: Array(width).fill(1) }] }],
    ["whose pixels are read by another node", { alsoRead: (builder, value) => builder.node("Flatten", "also", [value]) }],
    [
      "whose scaled pixels are read by another node",
      { scalings: [factor], alsoRead: (builder, value) => builder.node("Exp", "also", [value]) },
    ],
    ["whose pixels are squared first", { begin: (builder, pixels) => builder.node("Mul", "squared", [pixels, pixels]) }],
    ...["Sub", "Div", "Mul"].map((operator): [string, Head] => [
      `whose pixels are the second input of ${operator}`,
      {
        begin: (builder, pixels) =>
          builder.node(operator, "turned", [builder.floats("constant", [3, 1, 1], Float32Array.of(1, 2, 3)), pixels]),
      },
    ]),
    ["whose pixels are raised to a power first", { scalings: [perChannel("Pow", [2, 1, 3])] }],
    ["whose pixels are rectified first", { begin: (builder, pixels) => builder.node("Relu", "rectified", [pixels]) }],
    ["whose scaled pixels are also the output", { scalings: [factor], alsoRead: (_, value) => value }],
  ])("is not available for a network %s", (_, head) => {
    expect(interleaveInput(network(head))).toBeNull();
  });
});
