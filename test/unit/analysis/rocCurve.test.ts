import { areaUnderRoc, falsePositiveRateAt, rocCurve } from "@pareidolia/analysis/rocCurve";
import { areaInterval, falsePositiveRateInterval } from "@pareidolia/analysis/rocIntervals";
import { Purpose, Random } from "@pareidolia/core/random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** Few distinct values, so ties are common. */
const scores = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 30 });

describe("the ROC curve", () => {
  it("has the area of a manual count of pairs", () => {
    // Pairs won: .9 beats all three, .6 beats .5 and .1, .5 beats .1 and ties .5: (3 + 2 + 1.5) of 9.
    expect(areaUnderRoc([0.9, 0.6, 0.5], [0.5, 0.7, 0.1])).toBeCloseTo(6.5 / 9, 12);
    expect(areaUnderRoc([2, 3], [0, 1])).toBe(1);
    expect(areaUnderRoc([0, 1], [2, 3])).toBe(0);
    expect(areaUnderRoc([5, 5], [5, 5, 5])).toBe(0.5);
  });

  it("counts the pairs in which the positive is higher, a tie as half, for any scores", () => {
    fc.assert(
      fc.property(scores, scores, (positives, negatives) => {
        let won = 0;
        for (const positive of positives)
          for (const negative of negatives) won += positive > negative ? 1 : positive === negative ? 0.5 : 0;
        expect(areaUnderRoc(positives, negatives)).toBeCloseTo(won / (positives.length * negatives.length), 9);
      }),
    );
  });

  it("does not change with the scale of scores, and is mirrored when the kinds are swapped", () => {
    fc.assert(
      fc.property(scores, scores, (positives, negatives) => {
        const area = areaUnderRoc(positives, negatives);
        const stretch = (value: number): number => value ** 3 + 7;
        expect(areaUnderRoc(positives.map(stretch), negatives.map(stretch))).toBeCloseTo(area, 9);
        expect(areaUnderRoc(negatives, positives)).toBeCloseTo(1 - area, 9);
      }),
    );
  });

  it("rises monotonically from (0, 0) to (1, 1)", () => {
    fc.assert(
      fc.property(scores, scores, (positives, negatives) => {
        const points = rocCurve(positives, negatives);
        expect(points[0]).toMatchObject({ falsePositiveRate: 0, truePositiveRate: 0 });
        expect(points.at(-1)).toMatchObject({ falsePositiveRate: 1, truePositiveRate: 1 });
        for (const [index, point] of points.slice(1).entries()) {
          expect(point.threshold).toBeLessThan(points[index]?.threshold ?? Number.NaN);
          expect(point.truePositiveRate).toBeGreaterThanOrEqual(points[index]?.truePositiveRate ?? Number.NaN);
          expect(point.falsePositiveRate).toBeGreaterThanOrEqual(points[index]?.falsePositiveRate ?? Number.NaN);
        }
      }),
    );
  });

  it("gives the share of negatives that pass the threshold of 95% of the positives", () => {
    const positives = Array.from({ length: 20 }, (_, index) => index + 1);
    // 19 of 20 pass at 2; of the negatives 2 and 9 pass there, 1.5 and 0 do not.
    expect(falsePositiveRateAt(positives, [1.5, 2, 9, 0])).toBe(0.5);
    expect(falsePositiveRateAt([2, 3], [0, 1])).toBe(0);
    expect(falsePositiveRateAt([0, 1], [2, 3])).toBe(1);
  });

  it("rejects an empty kind and a score of NaN", () => {
    expect(() => areaUnderRoc([], [1])).toThrow("both kinds");
    expect(() => areaUnderRoc([1], [Number.NaN])).toThrow("not a number");
  });

  it("has an interval within 0 and 1, also without overlap, that narrows with more images", () => {
    const sample = (count: number, shift: number): number[] =>
      Array.from({ length: count }, (_, index) => ((index * 37) % 101) / 100 + shift);
    const [few, many] = [20, 400].map((count) => areaInterval(sample(count, 0.3), sample(count, 0)));
    if (!few || !many) throw new Error("The area has an interval.");
    for (const { estimate, low, high } of [few, many]) {
      expect(low).toBeLessThan(estimate);
      expect(high).toBeGreaterThan(estimate);
    }
    expect(few.estimate).toBeCloseTo(areaUnderRoc(sample(20, 0.3), sample(20, 0)), 12);
    expect(many.high - many.low).toBeLessThan((few.high - few.low) / 2);
    expect(areaInterval(sample(20, 5), sample(20, 0))).toMatchObject({
      estimate: 1,
      high: 1,
      low: expect.closeTo(20 / (20 + 1.959964 ** 2), 6),
    });
    expect(areaInterval([1, 2], [3, 4, 5])).toBeNull();
  });

  it("has an interval of the false positive rate for other images of both kinds, which needs 72 real and 20 others", () => {
    const stream = (seed: number, count: number, shift: number): number[] => {
      const random = new Random({ seed, generation: 0, index: count, purpose: Purpose.NOISE });
      return Array.from({ length: count }, () => random.uniform() + shift);
    };
    expect(falsePositiveRateInterval(stream(1, 71, 0), stream(2, 40, 0))).toBeNull();
    expect(falsePositiveRateInterval(stream(1, 72, 0), stream(2, 40, 0))).not.toBeNull();
    expect(falsePositiveRateInterval(stream(1, 72, 0), stream(2, 19, 0))).toBeNull();
    // Positives are uniform on 0 to 1, negatives on -.5 to .5: .45 of these exceed .05.
    let held = 0;
    for (let seed = 0; seed < 400; seed++) {
      const interval = falsePositiveRateInterval(stream(2 * seed, 300, 0), stream(2 * seed + 1, 200, -0.5));
      if (interval === null) throw new Error("The rate has an interval.");
      if (interval.low <= 0.45 && 0.45 <= interval.high) held++;
    }
    expect(held).toBeGreaterThan(0.93 * 400);
    expect(held).toBeLessThan(0.985 * 400);
  });
});
