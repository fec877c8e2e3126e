import { mannWhitney } from "@pareidolia/analysis/mannWhitney";
import { normalTail } from "@pareidolia/analysis/normalTail";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

// Golden values: SciPy 1.x, stats.mannwhitneyu (method "exact" and "asymptotic") and stats.norm.sf.
const untied = { first: [1.1, 2.3, 3.7, 0.4, 5.9], second: [2.2, 1.0, 0.3, 0.9, 1.7, 2.9] };
const tied = { first: [1, 2, 2, 3, 4, 4, 5, 6, 7, 9, 9], second: [0, 1, 1, 2, 2, 3, 3, 3, 4, 5] };

describe("Mann and Whitney's U", () => {
  it.each([
    ["two-sided", 0.32900432900432897],
    ["greater", 0.16450216450216448],
    ["less", 0.8766233766233766],
  ] as const)("is exact on small samples without ties, %s", (alternative, p) => {
    const result = mannWhitney(untied.first, untied.second, alternative);
    expect(result).toMatchObject({ u: 21, method: "exact" });
    expect(result.p).toBeCloseTo(p, 12);
    expect(result.effect).toBeCloseTo(21 / 30, 12);
  });

  it.each([
    ["two-sided", 0.05050831573480046],
    ["greater", 0.02525415786740023],
    ["less", 0.9786558887368757],
  ] as const)("corrects for ties and continuity, %s", (alternative, p) => {
    const result = mannWhitney(tied.first, tied.second, alternative);
    expect(result).toMatchObject({ u: 83, method: "normal" });
    expect(result.p).toBeCloseTo(p, 12);
  });

  // Counted: 2 of 20, 20 of 20 and 4 of 35 regroupings are as extreme.
  it.each([
    ["fully separated, with ties", [10, 10, 10], [2, 2, 1], 0.1],
    ["all equal", [4, 4, 4], [4, 4, 4], 1],
    ["one tie across the samples", [3, 5, 7, 7], [1, 2, 3], 0.11428571428571428],
  ])("is exact on small samples that are %s", (_name, first, second, p) => {
    const result = mannWhitney(first, second);
    expect(result.method).toBe("exact");
    expect(result.p).toBeCloseTo(p, 12);
  });

  it("is exact with ties: p is the share of all regroupings that are as extreme", () => {
    const value = fc.integer({ min: 0, max: 3 });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), fc.array(value, { minLength: 1, maxLength: 5 }), (first, second) => {
        const all = [...first, ...second];
        const wins = (members: readonly number[], others: readonly number[]): number =>
          members.reduce((sum, a) => sum + others.reduce((own, b) => own + (a > b ? 1 : a === b ? 0.5 : 0), 0), 0);
        const observed = wins(first, second);
        let [groupings, extreme] = [0, 0];
        for (let mask = 0; mask < 2 ** all.length; mask++) {
          const members = all.filter((_, index) => (mask >> index) & 1);
          if (members.length !== first.length) continue;
          groupings++;
          const others = all.filter((_, index) => !((mask >> index) & 1));
          if (wins(members, others) >= observed) extreme++;
        }
        expect(mannWhitney(first, second, "greater").p).toBeCloseTo(extreme / groupings, 10);
        expect(mannWhitney(second, first, "less").p).toBeCloseTo(extreme / groupings, 10);
      }),
      { numRuns: 60 },
    );
  });

  it("stays accurate far out in the tail", () => {
    const first = Array.from({ length: 100 }, (_, i) => i + 50.5);
    const second = Array.from({ length: 100 }, (_, i) => i);
    expect(mannWhitney(first, second, "greater").p / 1.4502969199812333e-20).toBeCloseTo(1, 8);
  });

  it("gives two one-sided results whose U add up to all pairs", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 }),
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 }),
        (a, b) => {
          const one = mannWhitney(a, b, "greater");
          const other = mannWhitney(b, a, "less");
          expect(one.u + other.u).toBe(a.length * b.length);
          expect(one.p).toBeCloseTo(other.p, 12);
          expect(one.p).toBeGreaterThanOrEqual(0);
          expect(one.p).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it("rejects an empty sample and NaN", () => {
    expect(() => mannWhitney([], [1])).toThrow("at least one value");
    expect(() => mannWhitney([Number.NaN], [1])).toThrow("not a number");
  });
});

describe("the normal distribution's upper tail", () => {
  it.each([
    [0, 0.5],
    [0.5, 0.3085375387259869],
    [1.96, 0.024997895148220435],
    [2.5, 0.006209665325776132],
    [4, 3.167124183311986e-5],
    [8, 6.22096057427174e-16],
    [20, 2.7536241186061556e-89],
  ])("matches SciPy at %d", (z, tail) => {
    expect(normalTail(z) / tail).toBeCloseTo(1, 11);
    expect(normalTail(-z)).toBeCloseTo(1 - tail, 14);
  });
});
