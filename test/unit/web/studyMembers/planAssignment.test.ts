/** Giving images to members, splitting them, and taking them back. */

import { describe, expect, it } from "vitest";
import { giveToEach, splitEvenly, takeBack } from "../../../../apps/web/src/features/studyMembers/planAssignment.ts";

const [bo, cy, di] = [
  { memberId: "bo", images: [7] },
  { memberId: "cy", images: [] },
  { memberId: "di", images: [3, 9] },
] as const;

describe("assigning to each member", () => {
  it("adds the images to those that each has, ascending and once", () => {
    expect(giveToEach([bo, di], [9, 1])).toEqual([
      { memberId: "bo", images: [1, 7, 9] },
      { memberId: "di", images: [1, 3, 9] },
    ]);
  });
});

describe("splitting", () => {
  it("gives each image to one member, with shares that differ by at most one, the larger for those with fewer images", () => {
    const split = splitEvenly([bo, cy, di], [10, 11, 12, 13, 14]);
    expect(split).toEqual([
      { memberId: "bo", images: [7, 11, 14] },
      { memberId: "cy", images: [10, 13] },
      { memberId: "di", images: [3, 9, 12] },
    ]);
  });

  it("spreads images that stand together over the members", () => {
    const split = splitEvenly([{ memberId: "a", images: [] }, cy], [0, 1, 2, 3]);
    expect(split.map(({ images }) => images)).toEqual([
      [0, 2],
      [1, 3],
    ]);
  });

  it("gives one member all of them, and members nothing without images", () => {
    expect(splitEvenly([cy], [2, 1])).toEqual([{ memberId: "cy", images: [1, 2] }]);
    expect(splitEvenly([bo, cy], [])).toEqual([bo, cy]);
  });
});

describe("taking back", () => {
  it("removes the images, and leaves members alone who have none of them", () => {
    expect(takeBack([bo, cy, di], [9, 3, 1])).toEqual([{ memberId: "di", images: [] }]);
  });
});
