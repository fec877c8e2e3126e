/** Rows that verdicts are judged by: intervals over units, and p with their smallest value. */
import { medianInterval } from "@pareidolia/analysis/medianInterval";
import { signFlipTest } from "@pareidolia/analysis/signFlipTest";
import { Purpose, Random } from "@pareidolia/core/random";
import { medianRow, pRow, runShareRow } from "@pareidolia/lab/findings";
import { describe, expect, it } from "vitest";

const row = { id: "r", what: "w" };
const stream = (seed: number, index: number) => new Random({ seed, generation: 0, index, purpose: Purpose.SIMULATE });

describe("the interval of a median", () => {
  it("is from the lowest to the highest of six values, whose coverage is 1 - 2 / 64", () => {
    expect(medianInterval([3, 1, 2, 6, 5, 4])).toEqual({ estimate: 3.5, low: 1, high: 6 });
    expect(medianInterval([1, 2, 3, 4, 5])).toBeNull();
    // Of nine values the second lowest and highest: 1 - 2 (1 + 9) / 512 = .961.
    expect(medianInterval([1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual({ estimate: 5, low: 2, high: 8 });
  });

  it.each([6, 9, 12, 20])("covers the median of skewed values at least 95 times of 100, of %d values", (count) => {
    let covered = 0;
    for (let index = 0; index < 4000; index++) {
      const random = stream(count, index);
      const interval = medianInterval(Array.from({ length: count }, () => random.uniform() ** 6));
      if (interval !== null && interval.low <= 0.5 ** 6 && interval.high >= 0.5 ** 6) covered++;
    }
    expect(covered / 4000).toBeGreaterThan(0.943);
  });

  it("gives the reason where there are too few units", () => {
    const few = medianRow({ ...row, values: [1, 2, 3], unit: "runs" });
    expect(few).toMatchObject({ figure: 2, detail: "no 95% interval: it needs 6 runs, and there are 3" });
    expect(few.interval).toBeUndefined();
  });
});

describe("the interval of a share over runs", () => {
  it.each([
    [6, 0.5],
    [12, 0.5],
    [12, 0.8],
  ])("covers the mean share of %d runs whose images depend on one another", (count, mean) => {
    let covered = 0;
    for (let index = 0; index < 2000; index++) {
      const random = stream(count, index);
      const runs = Array.from({ length: count }, () => {
        const own = Math.min(1, Math.max(0, mean + 0.4 * (random.uniform() - 0.5)));
        return { having: Array.from({ length: 10 }, () => random.chance(own)).filter(Boolean).length, images: 10 };
      });
      const { interval } = runShareRow({ ...row, runs });
      if (interval !== undefined && interval.low <= mean && interval.high >= mean) covered++;
    }
    expect(covered / 2000).toBeGreaterThan(0.93);
  });

  it("stays within 0 and 1, and never has no width", () => {
    const all = runShareRow({ ...row, runs: Array.from({ length: 6 }, () => ({ having: 10, images: 10 })) });
    expect(all.interval).toMatchObject({ high: 1, units: 6 });
    expect(all.interval?.low).toBeCloseTo(0.541, 3);
    expect(runShareRow({ ...row, runs: [0, 1, 0, 2].map((having) => ({ having, images: 10 })) }).interval?.low).toBe(0);
  });
});

describe("a p", () => {
  it("names the smallest value that the test can give", () => {
    expect(pRow({ ...row, p: 1 / 252, smallest: 1 / 252, level: 0.01 })).toMatchObject({
      holds: true,
      smallestP: 1 / 252,
      detail: "the smallest p that this test can give is 0.004",
    });
  });

  it("is not measured if the test cannot reach its level", () => {
    expect(pRow({ ...row, p: 0.5, smallest: 0.05, level: 0.05 })).toMatchObject({ figure: null, holds: false });
  });
});

describe("the sign-flip test", () => {
  it("counts the choices of signs whose sum is as large", () => {
    expect(signFlipTest([1, 2, 3, 4, 5, 6])).toEqual({ p: 1 / 64, smallest: 1 / 64 });
    // Of 1, 2 and -3: 0 and larger in 5 of 8 choices (6, 4, 2, 0, and 0 again with all signs flipped).
    expect(signFlipTest([1, 2, -3]).p).toBe(5 / 8);
  });

  it("draws choices for many units", () => {
    expect(signFlipTest(Array.from({ length: 30 }, () => 1))).toEqual({ p: 1e-4, smallest: 1e-4 });
  });
});
