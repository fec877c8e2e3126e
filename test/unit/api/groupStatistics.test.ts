/** The statistics of comparisons of runs. */
import { curveGenerations, meanConfidence, meanOf, medianOfReached, testEntries } from "@pareidolia/api/comparison/groupStatistics";
import { unlimited } from "@pareidolia/perception/intervals/meanInterval";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("means over runs", () => {
  it("have Student's interval, and none for a single run", () => {
    // NumPy 2: mean 3, standard error √(2.5 / 5); 2.7764451051977987 is the .975 quantile of t with 4 degrees of freedom.
    const { low, high, ...mean } = meanOf([1, 2, 3, 4, 5], unlimited) ?? {};
    expect(mean).toEqual({ runCount: 5, mean: 3, intervalReason: null });
    expect(low).toBeCloseTo(3 - 2.7764451051977987 * Math.sqrt(0.5), 9);
    expect(high).toBeCloseTo(3 + 2.7764451051977987 * Math.sqrt(0.5), 9);
    expect(meanOf([7], unlimited)).toMatchObject({
      runCount: 1,
      mean: 7,
      low: null,
      high: null,
      intervalReason: expect.stringContaining("2 values"),
    });
    expect(meanOf([7, 7], unlimited)).toMatchObject({ low: null, intervalReason: expect.stringContaining("equal") });
    expect(meanOf([], unlimited)).toBeNull();
  });

  it("of confidences are taken on the scale of nines, so .9 and .999 average to .99", () => {
    expect(meanConfidence([0.9, 0.999])?.mean).toBeCloseTo(0.99, 12);
    expect(meanConfidence([0.1, 0.999999])).toMatchObject({ low: 0, high: expect.closeTo(1 - 2 ** -25, 12) });
  });

  it("of numbers of classes stay between none and all of them", () => {
    const classes = { lowest: 0, highest: 10, isShare: true };
    const { low, high } = meanOf([0, 1, 9], classes) ?? {};
    expect(low).toBeGreaterThanOrEqual(0);
    expect(high).toBeLessThanOrEqual(10);
    expect(meanOf([0, 9], classes)).toMatchObject({ low: null, intervalReason: expect.stringContaining("3 values") });
  });
});

describe("tests between entries", () => {
  const three = [1, 2, 3];
  const larger = [4, 5, 6];

  it("cover all pairs with Holm's correction, or only those with the baseline", () => {
    const all = testEntries([three, larger, [7, 8, 9]], null);
    expect(all.tests.map(({ first, second }) => [first, second])).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
    // The smallest exact two-sided p of 3 against 3 values is 2 / 20.
    for (const { p, adjustedP } of all.tests) {
      expect(p).toBeCloseTo(0.1, 12);
      expect(adjustedP).toBeCloseTo(0.3, 12);
    }
    expect(testEntries([three, larger, [7, 8, 9]], 1).tests.map(({ first, second, delta }) => [first, second, delta.estimate])).toEqual([
      [0, 1, -1],
      [2, 1, 1],
    ]);
  });

  it("leave out entries with fewer than 3 runs", () => {
    expect(testEntries([three, [1, 2], larger], null)).toMatchObject({ leftOut: [1], tests: [{ first: 0, second: 2 }] });
  });
});

describe("the generations of a curve", () => {
  it("are all of them up to 120, and then 120 evenly spaced ones with both ends", () => {
    expect(curveGenerations(-1)).toEqual([]);
    expect(curveGenerations(0)).toEqual([0]);
    expect(curveGenerations(3)).toEqual([0, 1, 2, 3]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (last) => {
        const generations = curveGenerations(last);
        expect([generations[0], generations.at(-1)]).toEqual([0, last]);
        expect(new Set(generations).size).toBe(Math.min(120, last + 1));
      }),
    );
  });
});

it("the median of first generations counts runs that never reached the confidence as last", () => {
  expect(medianOfReached([5, null, 9])).toBe(9);
  expect(medianOfReached([5, 7])).toBe(6);
  expect(medianOfReached([5, null])).toBeNull();
  expect(medianOfReached([])).toBeNull();
});
