import { quantileOfSorted } from "@pareidolia/analysis/quantile";
import { bcaBootstrap } from "@pareidolia/perception/numbers/bcaBootstrap";
import { choleskyFactor, choleskyInverse, choleskySolve } from "@pareidolia/perception/numbers/cholesky";
import { describe, expect, it } from "vitest";

describe("Cholesky", () => {
  const matrix = Float64Array.from([4, 2, 0.6, 2, 5, 1.5, 0.6, 1.5, 3]);

  it("solves and inverts", () => {
    const factor = choleskyFactor(matrix, 3);
    const inverse = choleskyInverse(factor, 3);
    const x = choleskySolve(factor, 3, Float64Array.from([1, 2, 3]));
    for (let i = 0; i < 3; i++) {
      const row = [0, 1, 2].map((k) => matrix[i * 3 + k] as number);
      expect(row.reduce((sum, value, k) => sum + value * (x[k] as number), 0)).toBeCloseTo(i + 1, 12);
      for (let j = 0; j < 3; j++)
        expect(row.reduce((sum, value, k) => sum + value * (inverse[k * 3 + j] as number), 0)).toBeCloseTo(i === j ? 1 : 0, 12);
    }
  });

  it("refuses a matrix that is not positive definite", () => {
    expect(() => choleskyFactor(Float64Array.from([1, 2, 2, 1]), 2)).toThrow("positive definite");
  });
});

describe("the BCa interval", () => {
  const sample = [2.1, 3.4, 1.7, 5.9, 2.2, 8.3, 2.8, 3.1, 4.4, 1.2, 2.6, 3.8];
  const mean = (weights: Float64Array): number => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return sample.reduce((sum, value, i) => sum + value * (weights[i] as number), 0) / total;
  };

  it("equals SciPy's for a skewed sample, within the noise of resampling", () => {
    const { low, high } = bcaBootstrap({ units: 12, statistic: mean, seed: 5, resamples: 40_000, expanded: false });
    expect(low).toBeCloseTo(2.625, 1);
    expect(high).toBeCloseTo(4.9, 1);
  });

  it("is shifted against the percentile interval by the skewness", () => {
    const replicates: number[] = [];
    const statistic = (weights: Float64Array): number => {
      const value = mean(weights);
      replicates.push(value);
      return value;
    };
    const { low, high } = bcaBootstrap({ units: 12, statistic, seed: 5, expanded: false });
    const sorted = replicates.slice(-2000).sort((a, b) => a - b);
    expect(low).toBeGreaterThan(quantileOfSorted(sorted, 0.025));
    expect(high).toBeGreaterThan(quantileOfSorted(sorted, 0.975));
  });

  it("reaches further for few units than plain percentiles do", () => {
    const plain = bcaBootstrap({ units: 12, statistic: mean, seed: 5, expanded: false });
    const expanded = bcaBootstrap({ units: 12, statistic: mean, seed: 5 });
    // Student's t with 11 degrees of freedom, 2.201, times sqrt(12 / 11), against 1.96.
    expect((expanded.high - expanded.low) / (plain.high - plain.low)).toBeCloseTo(1.17, 1);
    expect(expanded.low).toBeLessThan(plain.low);
    expect(expanded.high).toBeGreaterThan(plain.high);
  });

  it("depends only on the seed, and leaves out resamples without a value", () => {
    const options = { units: 12, seed: 9, resamples: 500 };
    const statistic = (weights: Float64Array): number => (weights[0] === 0 ? Number.NaN : mean(weights));
    const once = bcaBootstrap({ ...options, statistic });
    expect(bcaBootstrap({ ...options, statistic })).toEqual(once);
    // (11 / 12)^12 = .35 of the resamples lack the first unit.
    expect(once.undefinedResamples / 500).toBeCloseTo(0.35, 1);
    expect(bcaBootstrap({ ...options, statistic: (weights) => (weights[0] === 1 ? 1 : Number.NaN) }).low).toBeNaN();
  });

  it("refuses an empty sample and an impossible confidence", () => {
    expect(() => bcaBootstrap({ units: 0, statistic: mean, seed: 1 })).toThrow("at least one value");
    expect(() => bcaBootstrap({ units: 12, statistic: mean, seed: 1, confidence: 1 })).toThrow("between 0 and 1");
  });
});
