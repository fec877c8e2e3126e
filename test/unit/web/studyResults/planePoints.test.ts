/** The dots of the plane: places, selection, votes since the computation, and one vote among 50,000 images. */
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import { sequenceInterval } from "@pareidolia/perception/intervals/confidenceSequence";
import { describe, expect, it } from "vitest";
import { parseBrush, serialiseBrush } from "../../../../apps/web/src/features/studyResults/planeBrush.ts";
import { densityOf, densityPixels, opacityOf } from "../../../../apps/web/src/features/studyResults/planeDensity.ts";
import {
  computedPoints,
  type LiveCounts,
  type PlaneResult,
  shareOf,
  withVotesSince,
} from "../../../../apps/web/src/features/studyResults/planePoints.ts";
import {
  imagesInside,
  mostRecognised,
  nearestImage,
  planePlaces,
  planeScale,
} from "../../../../apps/web/src/features/studyResults/planeScale.ts";

type Shares = Extract<PlaneResult["planned"]["phases"][number]["shares"], { readonly defined: true }>;

function sharesOf(tallies: readonly (readonly [agreeing: number, votes: number])[]): Shares {
  const intervals = tallies.map(([agreeing, votes]) => (votes === 0 ? null : wilsonInterval(agreeing, votes)));
  return {
    defined: true,
    votes: tallies.map(([, votes]) => votes),
    agreeing: tallies.map(([agreeing]) => agreeing),
    missing: tallies.map(() => 0),
    interval: "wilson",
    over: "voters",
    low: intervals.map((interval) => interval?.low ?? null),
    high: intervals.map((interval) => interval?.high ?? null),
    adjustedP: tallies.map(() => null),
  };
}

const shared = { confidence: [0.5, 0.99, 0.99999, null], sources: ["cppn", "photograph"], source: [0, 0, 0, 1] };
const everyone = sharesOf([
  [5, 10],
  [2, 20],
  [0, 0],
  [9, 10],
]);
/** Without one voter, who voted on the first two images. */
const planned = sharesOf([
  [4, 9],
  [2, 19],
  [0, 0],
  [9, 10],
]);
const size = { width: 800, height: 572 };

describe("the dots of the plane", () => {
  it("are at the machine's confidence on the nines scale and at the share of people", () => {
    const points = computedPoints({ shared }, everyone);
    const scale = planeScale(points, size);
    const places = planePlaces(points, scale);
    expect(scale.ticks.at(-1)).toBe(0.99999);
    expect(places.x[1]).toBeCloseTo(scale.x(0.6), 3);
    expect(places.y[0]).toBeCloseTo((scale.top + scale.bottom) / 2, 3);
    // Five nines are the end of the axis; without votes, there is no height.
    expect(places.x[2]).toBeCloseTo(scale.right, 3);
    expect(places.y[2]).toBeNaN();
  });

  it("have a column of their own without a confidence", () => {
    const points = computedPoints({ shared }, everyone);
    const scale = planeScale(points, size);
    const { x } = planePlaces(points, scale);
    expect(scale.hasColumn).toBe(true);
    expect(x[3]).toBeGreaterThan(scale.left);
    expect(x[3]).toBeLessThan(scale.x(0));
    expect(planeScale({ confidence: Float64Array.of(0.5), count: 1 }, size).hasColumn).toBe(false);
  });

  it("are selected by the brush, borders included, and only with votes", () => {
    const points = computedPoints({ shared }, everyone);
    const { limits } = planeScale(points, size);
    expect(imagesInside(points, limits, limits)).toEqual([0, 1, 3]);
    expect(imagesInside(points, limits, { left: 0, right: 0.6, bottom: 0.1, top: 0.5 })).toEqual([0, 1]);
    expect(imagesInside(points, limits, { left: limits.left, right: -0.01, bottom: 0, top: 1 })).toEqual([3]);
    expect(mostRecognised(points, [0, 1, 3], 9)).toEqual([3, 0, 1]);
  });

  it("on the edge of the plane stay selected by a brush that was read from an address", () => {
    // The axis ends at .9999, whose place on the nines scale is a little above 1 in floating point.
    const points = computedPoints({ shared: { ...shared, confidence: [0.5, 0.99, 0.999, 0.9999] } }, everyone);
    const { limits } = planeScale(points, size);
    expect(limits.right).toBeGreaterThan(1);
    expect(imagesInside(points, limits, parseBrush(serialiseBrush(limits)) ?? limits)).toEqual([0, 1, 3]);
  });

  it("are the same most recognised ones, however many there are to choose from", () => {
    const tallies = Array.from({ length: 500 }, (_, image) => [(image * 37) % 24, 24 + (image % 3)] as const);
    const many = { confidence: tallies.map(() => 0.5), sources: ["cppn"], source: tallies.map(() => 0) };
    const points = computedPoints({ shared: many }, sharesOf(tallies));
    const all = tallies.map((_, image) => image);
    const sorted = mostRecognised(points, all, 500);
    expect(sorted.map((image) => shareOf(points, image))).toEqual(
      sorted.map((image) => shareOf(points, image)).sort((one, other) => other - one),
    );
    for (const most of [1, 7, 60]) expect(mostRecognised(points, all, most)).toEqual(sorted.slice(0, most));
    expect(mostRecognised(points, [], 5)).toEqual([]);
  });

  it("are found near a point, and not from afar", () => {
    const points = computedPoints({ shared }, everyone);
    const places = planePlaces(points, planeScale(points, size));
    const at = { x: (places.x[1] as number) + 5, y: (places.y[1] as number) - 5 };
    expect(nearestImage(places, at)).toBe(1);
    expect(nearestImage(places, { ...at, y: at.y - 40 })).toBeNull();
  });

  it("count votes since the computation on top of the votes as planned", () => {
    const live = { votes: [13, 20, 1, 10], agreeing: [7, 2, 1, 9] };
    const points = withVotesSince(computedPoints({ shared }, planned), everyone, live);
    expect([points.agreeing[0], points.votes[0]]).toEqual([6, 12]);
    expect(points.low[0]).toBe(wilsonInterval(6, 12).low);
    expect([points.agreeing[2], points.votes[2], shareOf(points, 2)]).toEqual([1, 1, 1]);
    // Nothing came on the others.
    expect([points.agreeing[1], points.votes[1]]).toEqual([2, 19]);
  });

  it("move the interval that was computed", () => {
    const live = { votes: [13, 20, 0, 10], agreeing: [7, 2, 0, 9] };
    const points = withVotesSince(computedPoints({ shared }, { ...planned, interval: "sequence" }), everyone, live);
    expect([points.low[0], points.high[0]]).toEqual([sequenceInterval(6, 12).low, sequenceInterval(6, 12).high]);
  });

  it("never count fewer votes than none after a withdrawal", () => {
    const computed = computedPoints({ shared }, planned);
    const left = { votes: [0, 20, undefined, 10], agreeing: [0, 2, undefined, 9] };
    const points = withVotesSince(computed, everyone, left);
    expect([points.agreeing[0], points.votes[0]]).toEqual([0, 0]);
    expect(points.low[0]).toBeNaN();
    const other = withVotesSince(computed, everyone, { ...left, votes: [7, 20, 0, 10], agreeing: [5, 2, 0, 9] });
    expect([other.agreeing[0], other.votes[0]]).toEqual([4, 6]);
    // The computed dots stay as they were.
    expect([computed.agreeing[0], computed.votes[0]]).toEqual([4, 9]);
  });
});

describe("the density of many dots", () => {
  it("counts every image with votes once", () => {
    const points = computedPoints({ shared }, everyone);
    const scale = planeScale(points, size);
    const density = densityOf(planePlaces(points, scale), scale);
    expect(density.counts.reduce((sum, count) => sum + count, 0)).toBe(3);
    const pixels = densityPixels(density, [181, 65, 11]);
    expect(pixels.filter((_, at) => at % 4 === 3 && (pixels[at] as number) > 0)).toHaveLength(3);
  });

  it("is visible for one image among thousands, and full where most are", () => {
    expect(opacityOf(0, 500)).toBe(0);
    expect(opacityOf(1, 500)).toBeCloseTo(0.3, 12);
    expect(opacityOf(500, 500)).toBe(1);
    expect(opacityOf(1, 1)).toBe(0.8);
  });

  it("changes only where a vote moved a dot, at 50,000 images", () => {
    const count = 50_000;
    // A Weyl sequence: irregular, and the same in every run.
    const at = (index: number, step: number): number => (index * step) % 1;
    const shares = sharesOf(Array.from({ length: count }, (_, index) => [Math.floor(24 * at(index, 0.7548776662) ** 2), 24] as const));
    const many = {
      confidence: Array.from({ length: count }, (_, index) => 1 - 10 ** (-6 * at(index, 0.569840291))),
      sources: ["cppn"],
      source: new Array<number>(count).fill(0),
    };
    const computed = computedPoints({ shared: many }, shares);
    const scale = planeScale(computed, size);
    const densityWith = (live: LiveCounts) => densityOf(planePlaces(withVotesSince(computed, shares, live), scale), scale);
    const live = { votes: [...shares.votes], agreeing: [...shares.agreeing] };
    const before = densityWith(live);
    live.votes[17] = 30;
    const after = densityWith(live);
    const changes = [...after.counts]
      .map((squares, square) => squares - (before.counts[square] as number))
      .filter((change) => change !== 0);
    expect(changes.sort((one, other) => one - other)).toEqual([-1, 1]);
    expect(after.counts.reduce((sum, squares) => sum + squares, 0)).toBe(count);
  });
});
