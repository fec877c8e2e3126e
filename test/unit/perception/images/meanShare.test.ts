/**
 * Expected values are printed by `python3 test/unit/perception/images/meanShare.py`, which integrates the density of Student's t.
 */
import { emptyTally } from "@pareidolia/perception/images/imageTally";
import { meanShare, sharesOfImages } from "@pareidolia/perception/images/meanShare";
import { totalAgreement } from "@pareidolia/perception/study/totalAgreement";
import { expect, it } from "vitest";

type Of<T> = (image: number, voter: number) => T;

function cast(items: number, voters: number, isSeen: Of<boolean>, agrees: Of<boolean>) {
  const cells = Array.from({ length: items * voters }, (_, cell) => [Math.floor(cell / voters), cell % voters] as const);
  const seen = cells.filter(([image, voter]) => isSeen(image, voter));
  return {
    items,
    voters,
    item: Int32Array.from(seen, ([image]) => image),
    voter: Int32Array.from(seen, ([, voter]) => voter),
    agrees: Int8Array.from(seen, ([image, voter]) => (agrees(image, voter) ? 1 : 0)),
  };
}

const sharesOf = (votes: ReturnType<typeof cast>) => {
  const shares = sharesOfImages(votes, new Uint8Array(votes.items).fill(1));
  if (shares === null) throw new Error("There are no votes.");
  return shares;
};

const third = cast(
  6,
  10,
  () => true,
  (i, j) => (i * j + i) % 3 === 0,
);
const stairs = cast(
  9,
  20,
  (i, j) => j >= 2 * i,
  (i, j) => (i + j) % 4 < 2 || j > 15,
);
const three = cast(
  3,
  40,
  (i, j) => (i + j) % 3 > 0,
  (i, j) => j % 7 < 3 + i,
);

const cases: readonly (readonly [string, ReturnType<typeof cast>, readonly [mean: number, low: number, high: number]])[] = [
  ["images that all voters see", third, [0.5333333333333333, 0.21218203083230414, 0.8290465917025509]],
  ["images with 20 to 4 votes", stairs, [0.7143298059964727, 0.5369390665670256, 0.8435638446594892]],
  ["three images", three, [0.5982905982905983, 0.32912433214104897, 0.8188897530411573]],
];

it.each(cases)("is for other voters and other images: %s", (_name, votes, [mean, low, high]) => {
  const shares = sharesOf(votes);
  const interval = meanShare(shares);
  expect(shares.mean).toBeCloseTo(mean, 12);
  expect(interval.defined && [interval.low, interval.high]).toEqual([expect.closeTo(low, 9), expect.closeTo(high, 9)]);
});

it("is the total agreement, of images with as many votes", () => {
  const [byVoter, byImage] = [emptyTally(10), emptyTally(6)];
  for (const [vote, agrees] of third.agrees.entries())
    for (const [tally, index] of [
      [byVoter, third.voter[vote] as number],
      [byImage, third.item[vote] as number],
    ] as const) {
      tally.votes[index] = (tally.votes[index] as number) + 1;
      tally.agreeing[index] = (tally.agreeing[index] as number) + agrees;
    }
  const { interval } = totalAgreement(byVoter, byImage);
  const own = meanShare(sharesOf(third));
  expect(own.defined && interval.defined && [own.low - interval.low, own.high - interval.high]).toEqual([
    expect.closeTo(0, 12),
    expect.closeTo(0, 12),
  ]);
});

it("is the exact interval of the fewer of both, if all votes agree", () => {
  const all = cast(
    8,
    10,
    () => true,
    () => true,
  );
  // (.025)^(1/8)
  expect(meanShare(sharesOf(all))).toEqual({ defined: true, low: expect.closeTo(0.6305833524471094, 9), high: 1 });
});

it("has a reason without enough voters, images or votes, and refuses impossible values", () => {
  const reasonOf = (images: number, voters: number) => {
    const interval = meanShare(
      sharesOf(
        cast(
          images,
          voters,
          () => true,
          (i, j) => (i + j) % 2 === 0,
        ),
      ),
    );
    return interval.defined ? null : interval.reason;
  };
  expect(reasonOf(2, 40)).toMatch(/at least two voters on at least three images/);
  expect(reasonOf(40, 1)).toMatch(/at least two voters/);
  expect(reasonOf(5, 11)).toMatch(/at least 60 votes/);
  expect(reasonOf(5, 12)).toBeNull();
  expect(() => meanShare({ ...sharesOf(third), votes: 3 })).toThrow("at least one vote");
});

it("reads only the votes on its images that count", () => {
  const agrees = third.agrees.map((value, vote) => (third.item[vote] === 5 ? -1 : value));
  const isMember = Uint8Array.from([1, 1, 1, 1, 0, 1]);
  const own = cast(
    4,
    10,
    () => true,
    (i, j) => (i * j + i) % 3 === 0,
  );
  expect(sharesOfImages({ ...third, agrees }, isMember)).toEqual(sharesOf(own));
  expect(sharesOfImages(third, new Uint8Array(6))).toBeNull();
});
