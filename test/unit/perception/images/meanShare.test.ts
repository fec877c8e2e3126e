/**
 * Expected values are printed by `python3 test/unit/perception/images/meanShare.py`, which uses the closed forms of Student's t for one and
 * two degrees of freedom.
 */
import { meanShare, poolShares } from "@pareidolia/perception/images/meanShare";
import fc from "fast-check";
import { expect, it } from "vitest";

it.each([
  ["spread shares", { images: 3, votes: 60, mean: 0.5, variance: 0.0625 }, 0.11053797069687593, 0.8894620293031241],
  ["equal shares, limited by the votes", { images: 2, votes: 40, mean: 0.5, variance: 0 }, 0.05238486514472673, 0.9476151348552733],
  ["no agreeing vote at all", { images: 3, votes: 72, mean: 0, variance: 0 }, 0, 0.20453257790368257],
  ["two images that differ", { images: 2, votes: 20, mean: 0.5, variance: 0.32 }, 0.002402093391080995, 0.997597906608919],
])("the interval of the mean share of %s", (_name, shares, low, high) => {
  const interval = meanShare(shares);
  expect(interval?.estimate).toBe(shares.mean);
  expect(interval?.low).toBeCloseTo(low, 9);
  expect(interval?.high).toBeCloseTo(high, 9);
});

it("has no interval over images for one image, and refuses impossible values", () => {
  expect(meanShare({ images: 1, votes: 24, mean: 0.5, variance: 0 })).toBeNull();
  expect(() => meanShare({ images: 4, votes: 3, mean: 0.5, variance: 0 })).toThrow("at least one vote");
});

const sharesOf = (shares: readonly number[]) => {
  const images = shares.length;
  const mean = shares.reduce((sum, share) => sum + share, 0) / images;
  const squares = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0);
  return { images, votes: 2 * images, mean, variance: images === 1 ? 0 : squares / (images - 1) };
};

it("pools sets of images into what one set of all of them gives", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.array(share, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 }), (sets) => {
      const [pooled, whole] = [poolShares(sets.map(sharesOf)), sharesOf(sets.flat())];
      expect(pooled).toMatchObject({ images: whole.images, votes: whole.votes });
      expect(pooled?.mean).toBeCloseTo(whole.mean, 9);
      expect(pooled?.variance).toBeCloseTo(whole.variance, 9);
    }),
  );
  expect(poolShares([])).toBeNull();
});
