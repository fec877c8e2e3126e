/**
 * Expected values are printed by `python3 test/unit/perception/images/meanShare.py`, which uses the closed forms of Student's t for one and
 * two degrees of freedom.
 */
import { meanShare } from "@pareidolia/perception/images/meanShare";
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
