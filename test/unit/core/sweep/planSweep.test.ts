/** The planner of sweeps: every combination once with each seed, draws within bounds, and errors that name axis and value. */
import { planSweep } from "@pareidolia/core/sweep/planSweep";
import type { RangeScale, SweepAxis } from "@pareidolia/core/sweep/sweepAxis";
import { inputOfPoint, parseSweepPlan, type SweepPlan } from "@pareidolia/core/sweep/sweepPlan";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const grid = { kind: "grid" } as const;

function axisOf(path: string, values: SweepAxis["values"]): SweepAxis {
  return { path, values, range: null };
}

function rangeOf(path: string, scale: RangeScale, [from, to]: readonly [number, number], count: number | null): SweepAxis {
  return { path, values: null, range: { from, to, scale, count } };
}

const numbers = fc.uniqueArray(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 6 });
const seeds = fc.uniqueArray(fc.integer({ min: 0, max: 2 ** 31 - 1 }), { minLength: 1, maxLength: 5 });

describe("a grid", () => {
  it("has the product of its values, each with each seed once", () => {
    fc.assert(
      fc.property(fc.uniqueArray(numbers, { minLength: 1, maxLength: 3, selector: String }), seeds, (lists, ownSeeds) => {
        const { points, runs } = planSweep({ axes: lists.map((values, i) => axisOf(`p${i}`, values)), sampler: grid, seeds: ownSeeds });
        const product = lists.reduce((size, { length }) => size * length, 1);
        expect(new Set(points.map(({ values }) => JSON.stringify(values))).size).toBe(product);
        expect(points.every(({ values }) => values.every((value, i) => lists[i]?.includes(value as number)))).toBe(true);
        expect(new Set(runs.map(({ point, seed }) => `${point}:${seed}`)).size).toBe(product * ownSeeds.length);
        expect(runs).toHaveLength(product * ownSeeds.length);
      }),
    );
  });

  it("varies the last axis first, and gives every point its first seed before its second", () => {
    const { points, runs } = planSweep({ axes: [axisOf("a", [1, 2]), axisOf("b", ["x", "y"])], sampler: grid, seeds: [7, 9] });
    expect(points.map(({ values }) => values.join(""))).toEqual(["1x", "1y", "2x", "2y"]);
    expect(runs.map(({ point, seed }) => `${point}:${seed}`)).toEqual(["0:7", "1:7", "2:7", "3:7", "0:9", "1:9", "2:9", "3:9"]);
  });

  it("spaces ranges equally, by ratio, or in whole numbers, ends included", () => {
    const valuesOf = (axis: SweepAxis) => planSweep({ axes: [axis], sampler: grid, seeds: [1] }).points.map(({ values }) => values[0]);
    expect(valuesOf(rangeOf("a", "linear", [0, 0.4], 5))).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
    expect(valuesOf(rangeOf("a", "log", [0.01, 1], 5))).toEqual([0.01, 0.0316227766017, 0.1, 0.316227766017, 1]);
    expect(valuesOf(rangeOf("a", "integer", [1, 10], 4))).toEqual([1, 4, 7, 10]);
  });
});

describe("a random sampler", () => {
  const bounds = fc.record({ from: fc.double({ min: 1e-3, max: 1, noNaN: true }), width: fc.double({ min: 0.1, max: 100, noNaN: true }) });

  it("draws different points within the bounds, equal for equal seeds", () => {
    fc.assert(
      fc.property(
        bounds,
        fc.constantFrom<RangeScale>("linear", "log"),
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: 1, max: 40 }),
        ({ from, width }, scale, seed, count) => {
          const plan = {
            axes: [rangeOf("a", scale, [from, from + width], null), rangeOf("b", "integer", [1, 3], null), axisOf("c", ["x", "y"])],
            sampler: { kind: "random", count, seed } as const,
            seeds: [1, 2],
          };
          const { points, runs } = planSweep(plan);
          expect(points).toHaveLength(count);
          expect(runs).toHaveLength(2 * count);
          expect(new Set(points.map(({ values }) => JSON.stringify(values))).size).toBe(count);
          for (const { values } of points) {
            expect(values[0]).toBeGreaterThanOrEqual(from);
            expect(values[0]).toBeLessThanOrEqual(from + width);
            expect([1, 2, 3]).toContain(values[1]);
            expect(["x", "y"]).toContain(values[2]);
          }
          expect(planSweep(plan)).toEqual({ points, runs });
        },
      ),
    );
  });

  it("draws every point of a small space, and refuses more", () => {
    const axes = [rangeOf("a", "integer", [1, 4], null), axisOf("b", [true, false])];
    const { points } = planSweep({ axes, sampler: { kind: "random", count: 8, seed: 3 }, seeds: [1] });
    expect(new Set(points.map(({ values }) => values.join())).size).toBe(8);
    expect(() => planSweep({ axes, sampler: { kind: "random", count: 9, seed: 3 }, seeds: [1] })).toThrow(
      "The axes have only 8 different points, so 9 cannot be drawn.",
    );
  });

  it("keeps earlier points when more are drawn, and draws a range of ratios evenly over its decades", () => {
    const draw = (count: number) =>
      planSweep({ axes: [rangeOf("a", "log", [0.001, 1], null)], sampler: { kind: "random", count, seed: 5 }, seeds: [1] }).points;
    expect(draw(1000).slice(0, 10)).toEqual(draw(10));
    const decades = [0, 0, 0];
    for (const { values } of draw(1500)) decades[Math.min(2, Math.floor(Math.log10(values[0] as number) + 3))]! += 1;
    for (const count of decades) expect(Math.abs(count - 500)).toBeLessThan(80);
  });
});

describe("errors", () => {
  const plan = (axes: readonly SweepAxis[], ownSeeds: readonly number[] = [1]) => planSweep({ axes, sampler: grid, seeds: ownSeeds });

  it.each([
    [() => plan([]), "A sweep has from 1 to 8 axes, not 0."],
    [() => plan([axisOf("a", [])]), 'Axis "a": give at least one value.'],
    [() => plan([axisOf("a", [1, 2, 1])]), 'Axis "a": the value 1 is listed twice.'],
    [
      () =>
        plan([
          axisOf("classes", [
            [1, 2],
            [1, 2],
          ]),
        ]),
      'Axis "classes": the value 1 2 is listed twice.',
    ],
    [() => plan([axisOf("a", [1, Number.NaN])]), 'Axis "a": the value NaN is not a finite number.'],
    [() => plan([axisOf("a", [1]), axisOf("a", [2])]), 'Axis "a": it is listed twice.'],
    [() => plan([axisOf("seed", [1])]), 'Axis "seed": seeds are not an axis. Give them as replicates, which every point gets.'],
    [() => plan([rangeOf("a", "log", [0, 1], 3)]), 'Axis "a": a logarithmic range must begin above 0, not at 0.'],
    [() => plan([rangeOf("a", "linear", [2, 1], 3)]), 'Axis "a": the range must begin below its end, but 2 is not below 1.'],
    [() => plan([rangeOf("a", "integer", [1, 3], 4)]), 'Axis "a": there are only 3 whole numbers from 1 to 3, not 4.'],
    [() => plan([rangeOf("a", "linear", [1, 3], null)]), 'Axis "a": a grid needs the number of values of the range.'],
    [() => plan([axisOf("a", [1])], [5, 5]), "The seed 5 is listed twice."],
    [() => plan([axisOf("a", [1])], [-1]), "A seed must be a whole number from 0 to 2147483647, not -1."],
    [
      () => plan([rangeOf("a", "integer", [1, 200], 200), rangeOf("b", "integer", [1, 6], 6)], [1, 2]),
      "1,200 points with 2 seeds are 2,400 runs; a sweep has at most 2,000.",
    ],
  ])("%#", (start, message) => {
    expect(start).toThrow(message);
  });
});

it("names an axis by its label in an error, and by its path in the error's field", () => {
  const labels: Readonly<Record<string, string>> = { "parameters.weightRate": "Weight rate" };
  const start = () =>
    planSweep({ axes: [rangeOf("parameters.weightRate", "linear", [2, 1], 3)], sampler: grid, seeds: [1] }, (path) => labels[path] ?? path);
  expect(start).toThrow(
    expect.objectContaining({
      message: 'Axis "Weight rate": the range must begin below its end, but 2 is not below 1.',
      field: "axes.parameters.weightRate",
    }),
  );
});

describe("a plan", () => {
  const plan: SweepPlan = {
    kind: "evolution",
    base: { encoding: "cppn", parameters: { mutationRate: 0.2, insertion: "argmax" }, generations: 10 },
    axes: [axisOf("parameters.mutationRate", [0.1, 0.3]), rangeOf("generations", "integer", [5, 6], 2)],
    sampler: grid,
    seeds: [1],
    earlyStopping: { plateau: { generations: 100, delta: 0.1 }, median: null, halving: null },
  };

  it("survives storage", () => {
    expect(parseSweepPlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  it("sets fields and parameters of the base", () => {
    const { points } = planSweep(plan);
    expect(inputOfPoint(plan, points[3]!)).toEqual({
      encoding: "cppn",
      parameters: { mutationRate: 0.3, insertion: "argmax" },
      generations: 6,
    });
    expect(plan.base["generations"]).toBe(10);
  });
});
