import { GraphBuilder } from "@pareidolia/onnx/graphBuilder";
import { normalise } from "@pareidolia/onnx/normalise";
import { operatorRules } from "@pareidolia/onnx/operators/registry";
import { describe, expect, it } from "vitest";
import { dot, drawValues, openGraph, type RunnableGraph, spreadValues, withGradient } from "../../support/onnxGraphs.ts";
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
          if (!(Math.abs((y?.[index] ?? 0) - value) < 1e-5 * (1 + largest))) expect.fail(`y[${index}]: ${y?.[index]} and not ${value}`);

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
        const moved = Array.from({ length: 2 * count }, (_, point) => {
          const place = point >> 1;
          return x.with(place, (x[place] ?? 0) + (point % 2 === 0 ? step : -step));
        });
        const values = await runAll(forward, moved, images, { x, y: y ?? new Float32Array() });
        for (let index = 0; index < count; index++) {
          const [above = [], below = []] = [values[2 * index], values[2 * index + 1]];
          const difference = (dot(above, seed) - dot(below, seed)) / (2 * step);
          const computed = gradient?.[index] ?? Number.NaN;
          if (!(Math.abs(difference - computed) < 2e-3 * (scale + 0.1))) expect.fail(`x[${index}]: ${computed} against ${difference}`);
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

/**
 * The values of y at each point: of many points in one run, which takes a tenth of the time, unless an image's values depend on the other
 * images of a batch.
 */
async function runAll(graph: RunnableGraph, points: readonly Float32Array[], images: number, known: Known): Promise<Float32Array[]> {
  const together = await runTogether(graph, points, images, known);
  if (together !== null) return together;
  const results: Float32Array[] = [];
  for (const x of points) results.push((await graph.run({ x }, images)).y ?? new Float32Array());
  return results;
}

/** A point and its values. */
interface Known {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

const maxGroup = 100;

/** Returns null if a known point has other values beside others than alone, or the graph takes no more images. */
async function runTogether(graph: RunnableGraph, points: readonly Float32Array[], images: number, known: Known) {
  const results: Float32Array[] = [];
  for (let start = 0; start < points.length; start += maxGroup) {
    const group = [known.x, ...points.slice(start, start + maxGroup)];
    const x = new Float32Array(group.length * known.x.length);
    for (const [index, point] of group.entries()) x.set(point, index * point.length);
    const { y = new Float32Array() } = await graph.run({ x }, group.length * images).catch(() => ({}) as Record<string, Float32Array>);
    const [first, ...others] = group.map((_, index) => y.subarray(index * known.y.length, (index + 1) * known.y.length));
    const differs = first?.some((value, index) => !(Math.abs(value - (known.y[index] ?? 0)) < 1e-5 * (1 + Math.abs(value))));
    if (y.length !== group.length * known.y.length || differs !== false) return null;
    results.push(...others);
  }
  return results;
}

/** Symbolic sizes such as "6*batch". */
function sizeOf(dim: string, images: number): number {
  return dim.split("*").reduce((product, factor) => product * (/^\d+$/.test(factor) ? Number(factor) : images), 1);
}
