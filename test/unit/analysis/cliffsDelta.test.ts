import { cliffsDelta } from "@pareidolia/analysis/cliffsDelta";
import { normalQuantile } from "@pareidolia/analysis/normalQuantile";
import { fromNines, toNines } from "@pareidolia/core/nines";
import { Purpose, Random } from "@pareidolia/core/random";
import { studentCriticalValue } from "@pareidolia/perception/numbers/studentDistribution";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const critical = (m: number, n: number): number => studentCriticalValue(0.95, m + n - 2);

describe("Cliff's delta", () => {
  // Golden values: NumPy 2, from the dominance matrix sign(x - y) and Feng & Cliff's interval.
  it.each([
    [[1.1, 2.3, 3.7, 0.4, 5.9], [2.2, 1.0, 0.3, 0.9, 1.7, 2.9], 0.4, -0.3880239901828137, 0.8501710500577618],
    [[1, 2, 2, 3, 4, 4, 5, 6, 7, 9, 9], [0, 1, 1, 2, 2, 3, 3, 3, 4, 5], 0.509090909090909, -0.001121224759107838, 0.8089989421380593],
  ])("of %j and %j is %d", (first, second, estimate, low, high) => {
    const delta = cliffsDelta(first, second, critical(first.length, second.length));
    expect(delta.estimate).toBeCloseTo(estimate, 12);
    expect(delta.low).toBeCloseTo(low, 7);
    expect(delta.high).toBeCloseTo(high, 7);
  });

  it("is 1 with an interval that has a width if the samples do not overlap", () => {
    const delta = cliffsDelta([5, 6, 7], [1, 2, 3], critical(3, 3));
    expect(delta).toMatchObject({ estimate: 1, high: 1 });
    expect(delta.low).toBeLessThan(0);
    expect(cliffsDelta([1, 2, 3], [5, 6, 7], critical(3, 3))).toMatchObject({ estimate: -1, low: -1, high: -delta.low });
  });

  it("changes its sign, and mirrors its interval, when the samples change places", () => {
    const sample = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(sample, sample, (first, second) => {
        const one = cliffsDelta(first, second, 2);
        const other = cliffsDelta(second, first, 2);
        expect(one.estimate).toBeCloseTo(-other.estimate, 12);
        expect(one.low).toBeCloseTo(-other.high, 12);
        expect(one.low).toBeLessThanOrEqual(one.estimate + 1e-12);
        expect(one.high).toBeGreaterThanOrEqual(one.estimate - 1e-12);
      }),
    );
  });

  it("has an interval that covers the true value in about 95% of 2,000 pairs of normal samples (seed 7)", () => {
    // For normal samples one standard deviation apart: 2 P(Z <= 1 / √2) - 1.
    const truth = 0.5204998778130465;
    let covered = 0;
    for (let index = 0; index < 2_000; index++) {
      const random = new Random({ seed: 7, generation: 0, index, purpose: Purpose.RESAMPLE });
      const first = Array.from({ length: 10 }, () => normalQuantile(random.uniform() || 2 ** -33) + 1);
      const second = Array.from({ length: 12 }, () => normalQuantile(random.uniform() || 2 ** -33));
      const { low, high } = cliffsDelta(first, second, critical(10, 12));
      if (low <= truth && truth <= high) covered++;
    }
    expect(covered / 2_000).toBeGreaterThan(0.94);
    expect(covered / 2_000).toBeLessThan(0.97);
  });

  it("refuses samples of one value, and values that are not numbers", () => {
    expect(() => cliffsDelta([1], [1, 2], 2)).toThrow("at least two");
    expect(() => cliffsDelta([1, Number.NaN], [1, 2], 2)).toThrow("not a number");
  });
});

describe("nines", () => {
  it.each([
    [0, 0],
    [0.9, 1],
    [0.9999, 4],
    [1, 7.525749891599529],
  ])("of %d are %d", (confidence, nines) => expect(toNines(confidence)).toBeCloseTo(nines, 10));

  it("lead back to the confidence", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999999, noNaN: true }), (p) => {
        expect(fromNines(toNines(p))).toBeCloseTo(p, 12);
      }),
    );
  });
});
