/** Regularizers against manually computed values and their definitions. */

import { jitterShift, shiftAround } from "@pareidolia/ascent/jitter";
import { percentile } from "@pareidolia/ascent/regularizers/percentile";
import { regularizers } from "@pareidolia/ascent/regularizers/registry";
import type { RegularizerSettings } from "@pareidolia/ascent/regularizers/regularizer";
import type { ImageShape } from "@pareidolia/core/image";
import { Purpose, Random } from "@pareidolia/core/random";
import { describe, expect, it } from "vitest";

const off: RegularizerSettings = {
  decay: 0,
  blurSigma: 0,
  blurEvery: 1,
  smallNormPercentile: 0,
  smallBenefitPercentile: 0,
  smallContributionPercentile: 0,
  totalVariation: 0,
};
const line: ImageShape = { width: 5, height: 1, channels: 1 };

function regularize(
  values: readonly number[],
  given: Partial<RegularizerSettings>,
  { shape = line, gradient = values, step = 0 }: { shape?: ImageShape; gradient?: readonly number[]; step?: number } = {},
): number[] {
  const settings = { ...off, ...given };
  const offset = Float32Array.from(values);
  for (const regularizer of regularizers)
    if (regularizer.isActive(settings, step)) regularizer.apply(offset, { shape, settings, gradient: Float32Array.from(gradient), step });
  return [...offset];
}

function noise(count: number): number[] {
  const random = new Random({ seed: 1, generation: 0, index: 0, purpose: Purpose.NOISE });
  return Array.from({ length: count }, () => random.uniform() * 100 - 50);
}

describe("regularizers", () => {
  it("change nothing when all are off", () => {
    expect(regularize([1, -2, 3, 0, 5], {})).toEqual([1, -2, 3, 0, 5]);
  });

  it("decay by a share of the offset", () => {
    expect(regularize([8, -4, 0, 1, 2], { decay: 0.25 })).toEqual([6, -3, 0, 0.75, 1.5]);
  });

  it("blur a point into a Gaussian of the same sum, only every n-th step", () => {
    const blurred = regularize([0, 0, 1, 0, 0], { blurSigma: 0.5, blurEvery: 4 }, { step: 8 });
    const ratio = Math.exp(-1 / (2 * 0.25));
    const far = Math.exp(-4 / (2 * 0.25));
    const total = 1 + 2 * ratio + 2 * far;
    expect(blurred[2]).toBeCloseTo(1 / total, 6);
    expect(blurred[1]).toBeCloseTo(ratio / total, 6);
    expect(blurred[0]).toBeCloseTo(far / total, 6);
    expect(regularize([0, 0, 1, 0, 0], { blurSigma: 0.5, blurEvery: 4 }, { step: 9 })).toEqual([0, 0, 1, 0, 0]);
  });

  it("keep a uniform image uniform under blur at any size", () => {
    const shape: ImageShape = { width: 3, height: 2, channels: 3 };
    const even = Array.from({ length: 18 }, (_, i) => [10, -20, 30][i % 3] as number);
    for (const [index, value] of regularize(even, { blurSigma: 4 }, { shape }).entries())
      expect(value).toBeCloseTo(even[index] as number, 4);
  });

  it("mirror with the edge repeated, as the released code's blur does", () => {
    const kernel = [1, Math.exp(-0.5), Math.exp(-2), Math.exp(-4.5), Math.exp(-8)];
    const total = kernel.reduce((sum, weight, i) => sum + (i === 0 ? weight : 2 * weight), 0);
    const [first] = regularize([1, 0, 0, 0, 0], { blurSigma: 1 });
    expect(first).toBeCloseTo(((kernel[0] as number) + (kernel[1] as number)) / total, 6);
  });

  it("blur each channel separately", () => {
    const shape: ImageShape = { width: 4, height: 3, channels: 3 };
    const red = noise(36).map((value, i) => (i % 3 === 0 ? value : 0));
    const blurred = regularize(red, { blurSigma: 1 }, { shape });
    expect(blurred.filter((_, i) => i % 3 !== 0).every((value) => value === 0)).toBe(true);
    expect(Math.max(...blurred)).toBeLessThan(Math.max(...red));
  });

  it("set pixels of small norm over their channels to the mean", () => {
    const shape: ImageShape = { width: 4, height: 1, channels: 3 };
    const pixels = [3, 4, 0, 0, 0, 4.9, 6, 0, 0, 0, 0, 1];
    expect(regularize(pixels, { smallNormPercentile: 50 }, { shape })).toEqual([3, 4, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0]);
  });

  it("set pixels of small contribution, by absolute value, and of small benefit, by sign, to the mean", () => {
    const offset = [1, 1, 1, 1, 1];
    const gradient = [-5, 0.5, -0.1, 2, 1];
    expect(regularize(offset, { smallContributionPercentile: 50 }, { gradient })).toEqual([1, 0, 0, 1, 1]);
    expect(regularize(offset, { smallBenefitPercentile: 50 }, { gradient })).toEqual([1, 1, 1, 0, 0]);
  });

  it("lower the total variation and keep the sum", () => {
    const shape: ImageShape = { width: 6, height: 5, channels: 3 };
    const before = noise(90);
    const after = regularize(before, { totalVariation: 0.5 }, { shape });
    const variation = (values: readonly number[]): number =>
      values.reduce((sum, value, i) => {
        const right = i % 18 < 15 ? (values[i + 3] as number) - value : 0;
        const down = i < 72 ? (values[i + 18] as number) - value : 0;
        return sum + Math.hypot(right, down);
      }, 0);
    expect(variation(after)).toBeLessThan(variation(before));
    expect(after.reduce((a, b) => a + b, 0)).toBeCloseTo(
      before.reduce((a, b) => a + b, 0),
      2,
    );
  });
});

describe("percentiles", () => {
  it("interpolate between ranks, like NumPy's default", () => {
    expect(percentile(Float64Array.of(4, 1, 3, 2), 50)).toBe(2.5);
    expect(percentile(Float64Array.of(4, 1, 3, 2), 90)).toBeCloseTo(3.7, 12);
    expect(percentile(Float64Array.of(4, 1, 3, 2), 0)).toBe(1);
  });
});

describe("jitter", () => {
  it("is undone by the opposite shift, and wraps pixels around the edges", () => {
    const shape: ImageShape = { width: 4, height: 3, channels: 3 };
    const values = Float32Array.from(noise(36));
    const moved = shiftAround(values, shape, { x: 3, y: -2 });
    expect(moved).not.toEqual(values);
    expect(shiftAround(moved, shape, { x: -3, y: 2 })).toEqual(values);
    expect(moved.toSorted()).toEqual(values.toSorted());
    expect([...shiftAround(Float32Array.of(1, 2, 3, 4, 5), line, { x: 1, y: 0 })]).toEqual([5, 1, 2, 3, 4]);
  });

  it("depends on seed, class and step, and stays within its bounds", () => {
    const shifts = Array.from({ length: 200 }, (_, step) => jitterShift(2, { seed: 1, classIndex: 3, step }));
    expect(new Set(shifts.map(({ x, y }) => `${x},${y}`)).size).toBe(25);
    expect(shifts.every(({ x, y }) => Math.abs(x) <= 2 && Math.abs(y) <= 2)).toBe(true);
    expect(jitterShift(30, { seed: 1, classIndex: 3, step: 7 })).toEqual(jitterShift(30, { seed: 1, classIndex: 3, step: 7 }));
    expect(jitterShift(30, { seed: 1, classIndex: 4, step: 7 })).not.toEqual(jitterShift(30, { seed: 1, classIndex: 3, step: 7 }));
  });
});
