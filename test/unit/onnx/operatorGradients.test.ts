import { GraphBuilder } from "@pareidolia/onnx/graphBuilder";
import { normalise } from "@pareidolia/onnx/normalise";
import { operatorRules } from "@pareidolia/onnx/operators/registry";
import { describe, expect, it } from "vitest";
import { dot, drawValues, openGraph, spreadValues, withGradient } from "../../support/onnxGraphs.ts";
import { operatorCases } from "../../support/operatorCases.ts";

const batch = 2;
/** Smaller than the differences between values, so that no maximum moves and no kink is crossed. */
const step = 0.003;

describe("every operator", () => {
  it.each(operatorCases)(
    "keeps its values in the canonical form, and its gradient agrees with finite differences: $title",
    async ({ graph, range, gradientBy }) => {
      const canonical = normalise(graph);
      const images = graph.inputs[0]?.dims[0] === 1 ? 1 : batch;
      const count = (graph.inputs[0]?.dims ?? []).reduce<number>((product, dim) => product * (typeof dim === "number" ? dim : images), 1);
      const x = spreadValues(count, range);
      const original = await openGraph(graph);
      const forward = await openGraph(canonical);
      const differentiated = withGradient(canonical);
      if (gradientBy !== null) expect(differentiated.nodes.map(({ operator }) => operator)).toContain(gradientBy);
      const backward = await openGraph(differentiated);
      try {
        const { y: expected } = await original.run({ x }, images);
        const { y } = await forward.run({ x }, images);
        expect(y?.length).toBe(expected?.length);
        const largest = Math.max(...(expected ?? []).map(Math.abs));
        for (const [index, value] of (expected ?? []).entries())
          expect(Math.abs((y?.[index] ?? 0) - value)).toBeLessThan(1e-5 * (1 + largest));

        const outputs = canonical.outputs[0]?.dims ?? [];
        const open = outputs.map((dim) => (typeof dim === "number" ? dim : sizeOf(dim, images)));
        expect(
          open.reduce((product, dim) => product * dim, 1),
          `the shape ${outputs.join(" x ")}`,
        ).toBe(y?.length);

        const seed = drawValues(11, y?.length ?? 0);
        const { gradient } = await backward.runShaped({ x, seed }, { seed: open }, images);
        expect(gradient?.length).toBe(count);
        const scale = Math.max(...(gradient ?? []).map(Math.abs));
        for (let index = 0; index < count; index++) {
          const along = async (change: number): Promise<number> => {
            const moved = x.slice();
            moved[index] = (moved[index] ?? 0) + change;
            return dot((await forward.run({ x: moved }, images)).y ?? [], seed);
          };
          const difference = ((await along(step)) - (await along(-step))) / (2 * step);
          expect(
            Math.abs(difference - (gradient?.[index] ?? Number.NaN)),
            `x[${index}]: ${gradient?.[index]} against ${difference}`,
          ).toBeLessThan(2e-3 * (scale + 0.1));
        }
      } finally {
        await Promise.all([original.close(), forward.close(), backward.close()]);
      }
    },
  );

  it.each([6, 1e9, 3e30].flatMap((bound) => [3, 16].map((channels) => ({ bound, channels }))))(
    "gives values beyond a bound of $bound no gradient, and values within it the full one, in $channels channels",
    async ({ bound, channels }) => {
      const builder = new GraphBuilder("clip");
      const dims = [1, channels, 1, 6];
      builder.input({ name: "x", type: "float32", dims });
      const bounds = [-bound, bound].map((value, index) => builder.floats(`bound${index}`, [], Float32Array.of(value)));
      builder.output({ name: builder.node("Clip", "y", ["x", ...bounds]), type: "float32", dims });
      const graph = await openGraph(withGradient(normalise(builder.build())));
      const row = [-2 * bound, -bound / 2, -1, 0.5, 0.75 * bound, 1.5 * bound];
      const x = Float32Array.from({ length: 6 * channels }, (_, index) => row[index % 6] ?? 0);
      const { gradient } = await graph.run({ x, seed: new Float32Array(6 * channels).fill(3) });
      await graph.close();
      expect([...(gradient ?? [])]).toEqual(Array.from(x, (value) => (Math.abs(value) < bound ? 3 : 0)));
    },
  );

  it("with a gradient has a case", () => {
    const covered = new Set(operatorCases.flatMap(({ graph }) => normalise(graph).nodes.map((node) => node.operator)));
    const missing = [...operatorRules.values()].filter((rule) => rule.differentiate !== undefined && !covered.has(rule.operator));
    expect(missing.map((rule) => rule.operator)).toStrictEqual(["SoftmaxCrossEntropyLoss"]);
  });
});

/** Symbolic sizes such as "6*batch". */
function sizeOf(dim: string, images: number): number {
  return dim.split("*").reduce((product, factor) => product * (/^\d+$/.test(factor) ? Number(factor) : images), 1);
}
