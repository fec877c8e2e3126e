import { benjaminiHochberg } from "@pareidolia/perception/images/benjaminiHochberg";
import { describeImages } from "@pareidolia/perception/images/describeImages";
import { emptyTally } from "@pareidolia/perception/images/imageTally";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("Benjamini & Hochberg's adjusted p", () => {
  // The 15 p-values of Benjamini & Hochberg 1995, section 3.2, of which the procedure rejects four at .05.
  const published = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1];

  it("rejects four of the 15 hypotheses of its publication", () => {
    const adjusted = benjaminiHochberg(published);
    expect(adjusted.filter((p) => p <= 0.05)).toHaveLength(4);
    expect(adjusted[3]).toBeCloseTo((0.0095 * 15) / 4, 12);
    expect(adjusted[4]).toBeCloseTo((0.0201 * 15) / 5, 12);
  });

  it("follows the hypotheses if they are reordered, never decreases, and is at least p", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }), (ps) => {
        const adjusted = benjaminiHochberg(ps);
        expect(benjaminiHochberg([...ps].reverse())).toEqual([...adjusted].reverse());
        for (const [index, p] of ps.entries()) {
          expect(adjusted[index]).toBeGreaterThanOrEqual(p);
          for (const [other, q] of ps.entries()) if (p < q) expect(adjusted[index]).toBeLessThanOrEqual(adjusted[other] as number);
        }
      }),
    );
    expect(benjaminiHochberg([])).toEqual([]);
  });
});

describe("an image's record", () => {
  const tally = {
    ...emptyTally(4),
    agreeing: Int32Array.of(20, 12, 3, 0),
    votes: Int32Array.of(24, 24, 4, 0),
    missing: Int32Array.of(0, 1, 0, 2),
  };

  it("has intervals, the exact p against chance, its adjustment over all images with votes, and the badge", () => {
    const records = describeImages(tally, { chance: 0.5 });
    // Exact upper tails of the binomial distribution at 1/2: 12,951 / 2^24, 9,740,686 / 2^24 and 5 / 2^4.
    expect(records.map(({ p }) => p)).toEqual([
      expect.closeTo(12_951 / 2 ** 24, 12),
      expect.closeTo(9_740_686 / 2 ** 24, 12),
      expect.closeTo(5 / 16, 12),
      null,
    ]);
    expect(records[0]?.adjustedP).toBeCloseTo((3 * 12_951) / 2 ** 24, 12);
    expect(records.map(({ aboveChance }) => aboveChance)).toEqual([true, false, false, null]);
    expect(records.map(({ fewVotes }) => fewVotes)).toEqual([false, false, true, true]);
    expect(records.map(({ missing }) => missing)).toEqual([0, 1, 0, 2]);
    expect(records[3]?.interval).toBeNull();
    expect(records[3]?.beta.estimate).toBe(0.5);
  });

  it("has a confidence sequence instead, and no p, if votes decide when an image stops", () => {
    const records = describeImages(tally, { chance: 0.5, interval: "sequence" });
    expect(records.map(({ p, adjustedP, aboveChance }) => [p, adjustedP, aboveChance])).toEqual(Array(4).fill([null, null, null]));
    expect(records[3]?.interval).toBeNull();
    // The ends are where the likelihood of 3 of 4 votes is 1/20 of its mean over all shares, B(4, 2) = 1/20.
    const [low, high] = [records[2]?.interval?.low ?? Number.NaN, records[2]?.interval?.high ?? Number.NaN];
    for (const p of [low, high]) expect(p ** 3 * (1 - p)).toBeCloseTo(1 / 400, 12);
    expect(low).toBeLessThan(0.75);
    expect(high).toBeGreaterThan(0.75);
  });

  it("has no p without chance, and the badge below the number that the study sets", () => {
    const records = describeImages(tally, { chance: null, minimumVotes: 4 });
    expect(records.map(({ p, aboveChance }) => [p, aboveChance])).toEqual(Array(4).fill([null, null]));
    expect(records.map(({ fewVotes }) => fewVotes)).toEqual([false, false, false, true]);
  });
});
