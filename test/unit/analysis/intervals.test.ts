import { bootstrapInterval } from "@pareidolia/analysis/bootstrap";
import { quantile } from "@pareidolia/analysis/quantile";
import { rankCorrelation } from "@pareidolia/analysis/rankCorrelation";
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import { Purpose, Random } from "@pareidolia/core/random";
import { describe, expect, it } from "vitest";

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("a bootstrap interval", () => {
  it("is the same for the same seed, and differs for another", () => {
    const sample = [3, 1, 4, 1, 5, 9, 2, 6];
    const interval = bootstrapInterval(sample, mean, { seed: 1 });
    expect(bootstrapInterval(sample, mean, { seed: 1 })).toEqual(interval);
    expect(bootstrapInterval(sample, mean, { seed: 2 })).not.toEqual(interval);
    expect(interval.estimate).toBeCloseTo(mean(sample), 12);
  });

  it("contains the true mean in about 95 of 100 samples", () => {
    let held = 0;
    for (let index = 0; index < 200; index++) {
      const random = new Random({ seed: 7, generation: 0, index, purpose: Purpose.NOISE });
      const sample = Array.from({ length: 40 }, () => random.uniform());
      const { low, high } = bootstrapInterval(sample, mean, { seed: index, resamples: 400 });
      if (low <= 0.5 && 0.5 <= high) held++;
    }
    expect(held).toBeGreaterThan(178);
    expect(held).toBeLessThan(200);
  });

  it("rejects an empty sample and an impossible confidence", () => {
    expect(() => bootstrapInterval([], mean, { seed: 1 })).toThrow("at least one value");
    expect(() => bootstrapInterval([1], mean, { seed: 1, confidence: 1 })).toThrow("between 0 and 1");
  });
});

// Golden values: SciPy's binomtest(...).proportion_ci(method="wilson"), stats.spearmanr and numpy.quantile.
describe("Wilson's interval", () => {
  it.each([
    [0, 10, 0, 0.27753279986288926],
    [7, 10, 0.39677814746114526, 0.892208732593699],
    [10, 10, 0.7224672001371109, 1],
    [45, 70, 0.5258839463134151, 0.7449666072836516],
  ])("matches SciPy for %d of %d", (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials);
    expect(interval.low).toBeCloseTo(low, 10);
    expect(interval.high).toBeCloseTo(high, 10);
  });

  it.each([
    [1, 0],
    [-1, 3],
    [4, 3],
  ])("rejects %d of %d", (successes, trials) => expect(() => wilsonInterval(successes, trials)).toThrow("at least one trial"));
});

describe("quantiles and rank correlation", () => {
  it("interpolates between order statistics", () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    expect([0.05, 0.25, 0.5, 0.95].map((probability) => quantile(values, probability))).toEqual([1, 1.75, 3.5, expect.closeTo(7.95, 12)]);
    expect(values[0]).toBe(3);
    expect(() => quantile([], 0.5)).toThrow("at least one value");
    expect(() => quantile([1], 1.5)).toThrow("from 0 to 1");
  });

  it("gives ties their mean rank", () => {
    expect(rankCorrelation([1, 2, 2, 4, 5, 7], [9, 7, 8, 3, 3, 1])).toBeCloseTo(-0.9705882352941178, 12);
    expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBe(0);
    expect(() => rankCorrelation([1], [1])).toThrow("two pairs");
  });
});
