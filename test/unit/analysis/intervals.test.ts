import { medianInterval } from "@pareidolia/analysis/medianInterval";
import { quantile } from "@pareidolia/analysis/quantile";
import { rankCorrelation } from "@pareidolia/analysis/rankCorrelation";
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import { Purpose, Random } from "@pareidolia/core/random";
import { describe, expect, it } from "vitest";

describe("the interval of a median", () => {
  it("is interpolated between the order statistics of Hettmansperger and Sheather", () => {
    // By hand for ten values: ranks 2 and 9 have the level 1 - 22/1024 = .97852, ranks 3 and 8 have 1 - 112/1024 = .89063, so the share is
    // (.97852 - .95) / (.97852 - .89063) = .32444, and the weight 8 x .32444 / (2 + 6 x .32444) = .65763.
    const interval = medianInterval([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    expect(interval).toMatchObject({ estimate: 55, low: expect.closeTo(26.5763, 3), high: expect.closeTo(83.4237, 3) });
  });

  it("needs six values, whatever they are", () => {
    expect(medianInterval([1, 2, 3, 4, 5])).toBeNull();
    expect(medianInterval([5, 1, 2, 3, 4, 6])).not.toBeNull();
    expect(() => medianInterval([])).toThrow("at least one value");
  });

  /** Share of samples of an exponential distribution whose interval contains its median. */
  const coverage = (count: number): number => {
    let held = 0;
    for (let index = 0; index < 20_000; index++) {
      const random = new Random({ seed: 7, generation: count, index, purpose: Purpose.NOISE });
      const interval = medianInterval(Array.from({ length: count }, () => -Math.log(1 - random.uniform())));
      if (interval !== null && interval.low <= Math.LN2 && Math.LN2 <= interval.high) held++;
    }
    return held / 20_000;
  };

  // The probability that 6 values lie on both sides of the median, or 9 values with two or more on each.
  it.each([
    [6, 1 - 2 / 2 ** 6],
    [9, 1 - 20 / 2 ** 9],
  ])("of %d values has the level of two order statistics, %d", (count, level) => {
    expect(Math.abs(coverage(count) - level)).toBeLessThan(3 * Math.sqrt((level * (1 - level)) / 20_000));
  });

  it.each([7, 8, 10, 12])("contains the true median in 93 to 97 of 100 samples of %d skewed values", (count) => {
    expect(coverage(count)).toBeGreaterThan(0.93);
    expect(coverage(count)).toBeLessThan(0.97);
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
