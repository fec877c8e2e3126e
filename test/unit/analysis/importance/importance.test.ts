/** Importance of parameters by functional ANOVA: analytic functions, golden values, forests, and intervals that cover the truth. */
import { importanceOf } from "@pareidolia/analysis/importance/importance";
import type { Observation } from "@pareidolia/analysis/importance/observations";
import { Purpose, Random } from "@pareidolia/core/random";
import { describe, expect, it } from "vitest";

/** Values whose types the test knows from its levels. */
// oxlint-disable-next-line typescript/no-explicit-any -- each test destructures its own levels
type Levels = any;

function gridOf(
  levels: readonly (readonly (number | string)[])[],
  seeds: number,
  f: (values: Levels, seed: number) => number,
): Observation[] {
  const points = levels.reduce<(number | string)[][]>((all, own) => all.flatMap((point) => own.map((value) => [...point, value])), [[]]);
  return points.flatMap((values) => Array.from({ length: seeds }, (_, seed) => ({ values, result: f(values as Levels, seed) })));
}

function noise(seed: number, index: number): number {
  const random = new Random({ seed, generation: 1, index, purpose: Purpose.SIMULATE });
  return Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
}

const estimates = (importance: Awaited<ReturnType<typeof importanceOf>>): number[] =>
  importance === null ? [] : [...importance.axes, importance.interactions].map(({ estimate }) => estimate);

describe("on a full grid", () => {
  it("has the analytic shares of x + 2y + xz", async () => {
    const levels = [-1, 0, 1];
    const runs = gridOf([levels, levels, levels], 1, ([x, y, z]: [number, number, number]) => x + 2 * y + x * z);
    const importance = await importanceOf(runs, { seed: 1 });
    // Variances 2/3, 8/3, 0 and, for the product, 4/9.
    const total = 2 / 3 + 8 / 3 + 4 / 9;
    for (const [i, variance] of [2 / 3, 8 / 3, 0, 4 / 9].entries()) expect(estimates(importance)[i]).toBeCloseTo(variance / total, 12);
    expect(importance).toMatchObject({ method: "grid", runs: 27, points: 27, seeds: null });
    expect(importance?.axes[0]).toMatchObject({ low: null, high: null });
  });

  it("has the shares of expected mean squares on two axes with two seeds", async () => {
    // From the definitions: with b, a and c the variances of the points' means and of both axes' means, and e the mean square of error.
    const results = [2.46, 2.02, 2.64, 2.25, 3.94, 3.97, 4.41, 4.32, 4.02, 4.38, 3.22, 2.48];
    const pairs = [0, 1, 2, 3, 4, 5].map((cell) => results.slice(2 * cell, 2 * cell + 2) as [number, number]);
    const means = pairs.map(([one, other]) => (one + other) / 2);
    const variance = (values: readonly number[]): number => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    };
    const average = (cells: readonly number[]): number => cells.reduce((sum, cell) => sum + (means[cell] as number), 0) / cells.length;
    const [b, a, c] = [
      variance(means),
      variance([average([0, 1]), average([2, 3]), average([4, 5])]),
      variance([average([0, 2, 4]), average([1, 3, 5])]),
    ];
    const e = pairs.reduce((sum, [one, other]) => sum + (one - other) ** 2 / 2, 0) / 6;
    const parts = [a - (2 * e) / 12, c - e / 12, b - a - c - (2 * e) / 12, e];
    const total = parts.reduce((sum, part) => sum + part, 0);
    let next = 0;
    const runs = gridOf(
      [
        [1, 2, 3],
        ["cppn", "direct"],
      ],
      2,
      () => results[next++] as number,
    );
    const importance = await importanceOf(runs, { seed: 1 });
    const shares = [...estimates(importance), importance?.seeds?.estimate];
    for (const [i, part] of parts.entries()) expect(shares[i]).toBeCloseTo(part / total, 11);
  });

  it("leaves pure noise to the seeds, with intervals that exclude 0 for 4 to 6% of the sources", async () => {
    const trials = 1500;
    let [seeds, axes, excluded, sources, covered] = [0, 0, 0, 0, 0];
    for (let trial = 0; trial < trials; trial++) {
      let next = 0;
      const importance = await importanceOf(
        gridOf(
          [
            [0, 1],
            ["a", "b", "c"],
          ],
          2,
          () => noise(trial, next++),
        ),
        { seed: 1 },
      );
      if (importance?.seeds == null) throw new Error("A grid with two seeds has a share of the seeds.");
      seeds += importance.seeds.estimate / trials;
      if ((importance.seeds.high as number) === 1) covered++;
      for (const share of [...importance.axes, importance.interactions]) {
        axes += share.estimate / (3 * trials);
        sources++;
        if ((share.low as number) > 0) excluded++;
      }
    }
    // A negative variance counts as 0, so sources without effect have a part on average, and the seeds most.
    expect(seeds).toBeGreaterThan(0.7);
    expect(axes).toBeLessThan(0.1);
    expect(seeds + 3 * axes).toBeCloseTo(1, 10);
    expect(excluded / sources).toBeGreaterThan(0.04);
    expect(excluded / sources).toBeLessThan(0.06);
    expect(covered / trials).toBeGreaterThan(0.93);
  });

  it("has shares from 0 to 1, inside their intervals, of grids of any size with two seeds", async () => {
    let [zeros, shares] = [0, 0];
    for (const [trial, sizes] of Array.from(
      { length: 240 },
      (_, index) =>
        [
          index,
          [
            [2, 2],
            [2, 3],
            [2, 2, 2],
            [4, 1],
          ][index % 4],
        ] as const,
    )) {
      let next = 0;
      const levels = (sizes ?? []).map((size) => Array.from({ length: size }, (_, level) => level));
      const effect = trial % 3;
      const importance = await importanceOf(
        gridOf(levels, 2, ([x]: [number]) => effect * x + noise(trial, next++)),
        { seed: 1 },
      );
      if (importance?.seeds == null) throw new Error("A grid with two seeds has a share of the seeds.");
      const all = [...importance.axes, importance.interactions, importance.seeds];
      for (const { estimate, low, high } of all) {
        shares++;
        if (estimate === 0) zeros++;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(estimate).toBeGreaterThanOrEqual((low ?? 0) - 1e-12);
        expect(estimate).toBeLessThanOrEqual((high ?? 0) + 1e-12);
      }
      expect(all.reduce((sum, { estimate }) => sum + estimate, 0)).toBeCloseTo(1, 10);
    }
    expect(zeros / shares).toBeGreaterThan(0.1);
  });

  it("says that one seed is too few, and that equal seeds leave no chance", async () => {
    const levels = [
      [0, 1],
      [0, 1],
    ];
    const one = await importanceOf(
      gridOf(levels, 1, ([x]: [number]) => x),
      { seed: 1 },
    );
    expect(one).toMatchObject({ reason: expect.stringContaining("at least two seeds"), axes: [{ low: null }, { low: null }] });
    const equal = await importanceOf(
      gridOf(levels, 2, ([x]: [number]) => x),
      { seed: 1 },
    );
    expect(equal).toMatchObject({ reason: expect.stringContaining("same result"), axes: [{ estimate: 1, low: null }, { estimate: 0 }] });
  });

  it("has intervals that contain the share without noise, and adds up to 1", async () => {
    let covered = 0;
    for (let trial = 0; trial < 40; trial++) {
      const runs = gridOf(
        [
          [0, 1, 2, 3],
          ["a", "b"],
        ],
        8,
        ([x, kind]: [number, string], seed) => x + (kind === "a" ? 1 : 0) + noise(trial, seed + 100 * x + (kind === "a" ? 7 : 50)),
      );
      const importance = await importanceOf(runs, { seed: trial });
      // Variances 1.25 and .25 and, of the noise, 1.
      const truth = 1.25 / (1.25 + 0.25 + 1);
      const { low, high } = importance?.axes[0] ?? {};
      if (low != null && high != null && low <= truth && truth <= high) covered += 1;
      const sum = [...estimates(importance), importance?.seeds?.estimate ?? 0].reduce((a, b) => a + b, 0);
      expect(sum).toBeCloseTo(1, 10);
    }
    expect(covered).toBeGreaterThanOrEqual(34);
  });
});

describe("of a random sample", () => {
  it("is near the analytic shares, by a forest", async () => {
    const runs = Array.from({ length: 300 }, (_, index): Observation => {
      const random = new Random({ seed: 4, generation: 0, index, purpose: Purpose.SIMULATE });
      const [x, y, z] = [random.uniform(), random.uniform(), random.uniform()];
      return { values: [x, y, z, random.below(2) === 0 ? "a" : "b"], result: 3 * x + y };
    });
    const importance = await importanceOf(runs, { seed: 2 });
    expect(importance?.method).toBe("forest");
    const [x, y, z, kind] = estimates(importance) as [number, number, number, number];
    // Of uniform x and y: 9 and 1 twelfths.
    expect(Math.abs(x - 0.9)).toBeLessThan(0.05);
    expect(Math.abs(y - 0.1)).toBeLessThan(0.05);
    expect(z).toBeLessThan(0.02);
    expect(kind).toBeLessThan(0.02);
    expect(importance).toMatchObject({ reason: expect.stringContaining("random forest"), axes: [{ low: null }, {}, {}, {}] });
  });

  it("has shares near 0 under pure noise", async () => {
    let sum = 0;
    for (let trial = 0; trial < 60; trial++) {
      const runs = Array.from({ length: 60 }, (_, index): Observation => {
        const random = new Random({ seed: trial, generation: 0, index, purpose: Purpose.SIMULATE });
        return { values: [random.uniform(), random.uniform()], result: noise(trial + 1000, index) };
      });
      sum += ((await importanceOf(runs, { seed: 2, trees: 10 }))?.axes[0]?.estimate ?? Number.NaN) / 60;
    }
    expect(Math.abs(sum)).toBeLessThan(0.03);
  });

  it("finds a category that decides, whatever the order of its names", async () => {
    const names = ["delta", "alpha", "echo", "bravo"];
    const runs = Array.from({ length: 80 }, (_, index): Observation => {
      const random = new Random({ seed: 9, generation: 0, index, purpose: Purpose.SIMULATE });
      const name = names[random.below(4)] as string;
      return { values: [name, random.uniform()], result: name === "alpha" || name === "bravo" ? 1 : 0 };
    });
    const importance = await importanceOf(runs, { seed: 2 });
    expect(importance?.axes[0]?.estimate).toBeGreaterThan(0.95);
  });

  it("separates the variance between seeds from that between points", async () => {
    const runs = Array.from({ length: 60 }, (_, index): Observation => {
      const random = new Random({ seed: 3, generation: 0, index: Math.floor(index / 4), purpose: Purpose.SIMULATE });
      return { values: [random.uniform(), random.uniform()], result: noise(8, index) };
    });
    const importance = await importanceOf(runs, { seed: 2 });
    expect(importance?.seeds?.estimate).toBeGreaterThan(0.5);
  });
});

describe("too few runs", () => {
  it.each([
    [[]],
    [[{ values: [1], result: 3 }]],
    [[1, 2, 3].map((result) => ({ values: [7, "a"], result }))],
    [[0, 1, 2, 3, 4].map((x) => ({ values: [x, 5 - x], result: x }))],
  ])("give no importance (%#)", async (runs) => {
    expect(await importanceOf(runs, { seed: 1 })).toBeNull();
  });

  it("gives shares of 0 if the results do not vary", async () => {
    const runs = gridOf(
      [
        [1, 2],
        [3, 4],
      ],
      2,
      () => 0.5,
    );
    expect(estimates(await importanceOf(runs, { seed: 1 }))).toEqual([0, 0, 0]);
  });
});
