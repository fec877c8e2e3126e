import { inputGradientGraph } from "@pareidolia/onnx/gradientGraph";
import type { Attribute } from "@pareidolia/onnx/graph";
import { float, GraphBuilder } from "@pareidolia/onnx/graphBuilder";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";

const side = 4;

/** The gate's value at each of these inputs: the gradient of the sum of the outputs, 1 where it is open, 0 where it is closed. */
async function openness(
  operator: string,
  attributes: Readonly<Record<string, Attribute>>,
  values: readonly number[],
  channels: number,
): Promise<number[]> {
  const builder = new GraphBuilder("gated");
  const x = builder.input({ name: "x", type: "float32", dims: ["batch", channels, side, side] });
  const bounds = ["low", "high"].flatMap((name) => {
    const bound = attributes[name];
    return bound?.kind === "float" ? [builder.floats(name, [], Float32Array.of(bound.value))] : [];
  });
  const y = builder.node(operator, "y", [x, ...bounds]);
  const classes = channels * side * side;
  builder.output({ name: builder.node("Flatten", "flat", [y]), type: "float32", dims: ["batch", classes] });
  const session = await InferenceSession.create(encodeModel(inputGradientGraph(builder.build(), "logits")));
  try {
    const pixels = Float32Array.from({ length: classes }, (_, place) => values[place % values.length] ?? 0);
    const { gradient } = await session.run({
      pixels: new Tensor("float32", pixels, [1, channels, side, side]),
      weights: new Tensor("float32", new Float32Array(classes).fill(1), [1, classes]),
    });
    return Array.from((gradient as Tensor).data as Float32Array).slice(0, values.length);
  } finally {
    await session.release();
  }
}

/** Within this distance of a bound of 0, a gate is partly open. */
const nearest = 2 ** -100;

/** The next float up (1) or down (-1); at 0, the nearest one that a gate distinguishes from it. */
function neighbour(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * nearest;
  const bits = new Int32Array(Float32Array.of(value).buffer);
  bits[0] = (bits[0] ?? 0) + (value > 0 ? direction : -direction);
  return new Float32Array(bits.buffer)[0] ?? value;
}

describe.each([
  ["the plain layout", 3],
  ["the blocked layout", 16],
])("a gate in %s", (_, channels) => {
  it("of Relu is closed at and below zero, open from 2^-100, and partly open in between", async () => {
    const inputs = [-3, -nearest, 0, nearest / 2, nearest, 5, 1e30];
    expect(await openness("Relu", {}, inputs, channels)).toStrictEqual([0, 0, 0, 0.5, 1, 1, 1]);
  });

  it.each([
    [0, 6],
    [-1, 1],
    [-7.5, -0.3],
    [0.1, 1000],
    [-8, 0],
  ])(
    "of Clip from %d to %d is closed at the bounds and beyond, and open from the first float between them to the last",
    async (low, high) => {
      const [first, last] = [Math.fround(low), Math.fround(high)];
      const inputs = [first - 1, first, neighbour(first, 1), (first + last) / 2, neighbour(last, -1), last, last + 1];
      const bounds = { low: float(low), high: float(high) };
      expect(await openness("Clip", bounds, inputs, channels)).toStrictEqual([0, 0, 1, 1, 1, 0, 0]);
    },
  );
});
