/** The nearest pixel: for a position midway between two pixels, or exactly on one, the last bit of onnxruntime's arithmetic decides. */

import { interpolationMatrix } from "@pareidolia/onnx/geometry/interpolation";
import { resizeTargets } from "@pareidolia/onnx/geometry/resizeTargets";
import type { Graph } from "@pareidolia/onnx/graph";
import { GraphBuilder } from "@pareidolia/onnx/graphBuilder";
import { expect, it } from "vitest";
import { openGraph, withGradient } from "../../support/onnxGraphs.ts";
import { text } from "../../support/operatorCase.ts";

const opsets = {
  half_pixel: 13,
  half_pixel_symmetric: 19,
  pytorch_half_pixel: 13,
  tf_half_pixel_for_nn: 12,
  align_corners: 13,
  asymmetric: 13,
};
const roundings = ["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"];
/** A row of pixels: its length, and the length or scale of the result. */
const changes = [
  { length: 15, to: 4 },
  { length: 14, to: 8 },
  { length: 3, to: 1 },
  { length: 15, to: 9 },
  { length: 10, to: 12 },
  { length: 13, to: 24 },
  { length: 7, by: 1 / 3 },
  { length: 12, by: 1.1 },
  { length: 14, by: 0.9 },
  { length: 13, by: 1.2 },
  { length: 12, by: 1.7 },
  { length: 16, by: 0.6 },
] as const;

/** Resizes each row of an image. */
function resizing(kind: keyof typeof opsets, rounding: string, change: (typeof changes)[number]): Graph {
  const builder = new GraphBuilder("resizing");
  builder.input({ name: "x", type: "float32", dims: [1, 1, 2, change.length] });
  const roi = builder.floats("roi", [0], new Float32Array());
  const sizing =
    "to" in change
      ? [builder.floats("none", [0], new Float32Array()), builder.integers("sizes", [1, 1, 2, change.to])]
      : [builder.floats("scales", [4], Float32Array.of(1, 1, 1, change.by))];
  const attributes = { mode: text("nearest"), nearest_mode: text(rounding), coordinate_transformation_mode: text(kind) };
  builder.output({ name: builder.node("Resize", "y", ["x", roi, ...sizing], attributes), type: "float32", dims: [1, 1, 2, "length"] });
  return { ...builder.build(), opset: opsets[kind] };
}

it.each((Object.keys(opsets) as (keyof typeof opsets)[]).flatMap((kind) => roundings.map((rounding) => ({ kind, rounding }))))(
  "interpolation selects the same pixel as onnxruntime: $kind, $rounding",
  async ({ kind, rounding }) => {
    for (const change of changes) {
      const graph = resizing(kind, rounding, change);
      const session = await openGraph(graph);
      try {
        const { y } = await session.run({ x: Float32Array.from({ length: 2 * change.length }, (_, index) => index % change.length) });
        const taken = [...(y ?? [])].slice(0, (y?.length ?? 0) / 2);
        const sizing = "to" in change ? { scales: null, sizes: [1, 1, 2, change.to] } : { scales: [1, 1, 1, change.by], sizes: null };
        const node = graph.nodes[0];
        if (node === undefined) throw new Error("The graph has no node.");
        const { from, to, scale } = resizeTargets(node, { shape: [1, 1, 2, change.length], ...sizing })[3] ?? { from: 0, to: 0, scale: 1 };
        const matrix = interpolationMatrix(node, { from: Number(from), to: Number(to), scale });
        const row = (place: number) => matrix.subarray(place * change.length, (place + 1) * change.length);
        expect(
          Array.from({ length: Number(to) }, (_, place) => row(place).indexOf(1)),
          JSON.stringify(change),
        ).toEqual(taken);
      } finally {
        await session.close();
      }
    }
  },
);

it("interpolation ignores the rounding of a linear Resize, which has no nearest pixel", async () => {
  const builder = new GraphBuilder("linear");
  builder.input({ name: "x", type: "float32", dims: [1, 1, 1, 4] });
  const scales = builder.floats("scales", [4], Float32Array.of(1, 1, 1, 2));
  const attributes = { mode: text("linear"), nearest_mode: text("simple") };
  builder.output({ name: builder.node("Resize", "y", ["x", "", scales], attributes), type: "float32", dims: [1, 1, 1, 8] });
  const session = await openGraph(withGradient(builder.build()));
  try {
    const { y, gradient } = await session.run({ x: Float32Array.of(4, 8, 0, 16), seed: new Float32Array(8).fill(1) });
    expect([...(y ?? [])]).toEqual([4, 5, 7, 6, 2, 4, 12, 16]);
    expect([...(gradient ?? [])]).toEqual([2, 2, 2, 2]);
  } finally {
    await session.close();
  }
});
