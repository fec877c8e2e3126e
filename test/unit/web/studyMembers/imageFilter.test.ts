/** Which images of a study are offered for assignment. */

import { expect, it } from "vitest";
import { filterImages, noFilter } from "../../../../apps/web/src/features/studyMembers/imageFilter.ts";

const images = [
  { index: 0, source: "cppn", label: 3, votes: 24 },
  { index: 1, source: "cppn", label: 5, votes: 2 },
  { index: 2, source: "direct", label: 3, votes: 0 },
];
const facts = { overlap: 24, assigned: new Set([2]) };
const indices = (filter: Partial<typeof noFilter>, more = facts as Parameters<typeof filterImages>[2]) =>
  filterImages(images, { ...noFilter, ...filter }, more).map(({ index }) => index);

it.each([
  ["without a filter, all", {}, [0, 1, 2]],
  ["of a source", { source: "cppn" }, [0, 1]],
  ["of a label", { label: 3 }, [0, 2]],
  ["with fewer votes than the plan wants", { tooFewVotes: true }, [1, 2]],
  ["that no member has", { unassigned: true }, [0, 1]],
  ["that meet all conditions", { source: "cppn", tooFewVotes: true, unassigned: true }, [1]],
] as const)("offers images %s", (_title, filter, expected) => {
  expect(indices(filter)).toEqual(expected);
});

it("counts every image as one with too few votes while the plan is unknown", () => {
  expect(indices({ tooFewVotes: true }, { overlap: null, assigned: new Set() })).toEqual([0, 1, 2]);
});
