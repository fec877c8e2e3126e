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

  it("agrees with NumPy on two axes with two seeds", async () => {
    // Printed by python3 with NumPy 2.4.6:
    //   y = np.array([[[2.46, 2.02], [2.64, 2.25]], [[3.94, 3.97], [4.41, 4.32]], [[4.02, 4.38], [3.22, 2.48]]])
    //   m = y.mean(2); b = m.var(); a = m.mean(1).var(); c = m.mean(0).var(); w = y.var(2).mean(); t = b + w
    //   print([round(v / t, 12) for v in (a, c, b - a - c, w)])
    const golden = [0.727571545774, 0.019249013231, 0.198027263423, 0.055152177573];
    const results = [2.46, 2.02, 2.64, 2.25, 3.94, 3.97, 4.41, 4.32, 4.02, 4.38, 3.22, 2.48];
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
    for (const [i, share] of golden.entries()) expect(shares[i]).toBeCloseTo(share, 11);
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
      const importance = await importanceOf(runs, { seed: trial, resamples: 300 });
      // Variances 1.25 and .25 and, of the noise, about 7/8.
      const truth = 1.25 / (1.25 + 0.25 + 7 / 8);
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
    expect(importance?.axes[0]?.low).toBeLessThan(x);
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
