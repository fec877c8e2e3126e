import { inputGradientGraph } from "@pareidolia/onnx/gradientGraph";
import type { Attribute } from "@pareidolia/onnx/graph";
import { float, GraphBuilder } from "@pareidolia/onnx/graphBuilder";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";

const side = 4;

/** The gradient of the sum of what the operator lets through, at the given values: 1 where it is open, 0 where it is shut. */
async function openAt(
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

const below = (value: number): number => {
  const bits = new Int32Array(Float32Array.of(value).buffer);
  bits[0] = (bits[0] ?? 0) + (value > 0 ? -1 : 1);
  return new Float32Array(bits.buffer)[0] ?? value;
};

describe.each([
  ["the plain layout", 3],
  ["the blocked layout", 16],
])("a gate in %s", (_, channels) => {
  it("of Relu is shut at and below zero and open from the smallest normal value above it on", async () => {
    expect(await openAt("Relu", {}, [-3, -1e-30, 0, 2e-30, 5, 1e30], channels)).toStrictEqual([0, 0, 0, 1, 1, 1]);
  });

  it.each([
    [0, 6],
    [-1, 1],
    [-7.5, -0.3],
    [0.1, 1000],
    [-8, 0],
  ])("of Clip from %d to %d is open strictly between the bounds, up to the last float below the upper one", async (low, high) => {
    const [first, last] = [Math.fround(low), Math.fround(high)];
    const values = [first - 1, first, first + 0.05, (first + last) / 2, below(last === 0 ? -1e-6 : last), last, last + 1];
    const bounds = { low: float(low), high: float(high) };
    expect(await openAt("Clip", bounds, values, channels)).toStrictEqual([0, 0, 1, 1, 1, 0, 0]);
  });
});
