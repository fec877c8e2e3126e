/** Votes that arrive while people vote replace the counts of their images. */
import { expect, it } from "vitest";
import { applyTallies, withTallies } from "../../../../apps/web/src/features/study/tallies.ts";
import type { StudyImageRowFragment } from "../../../../apps/web/src/graphql/generated/graphql.ts";

const row = (role: StudyImageRowFragment["role"], index: number) => ({ role, index, votes: 1, agreeing: 0 }) as StudyImageRowFragment;
const images = [row("COUNTED", 0), row("COUNTED", 1), row("GOLD", 0)];

it("replaces the counts of counted images only", () => {
  const tallies = withTallies(withTallies(new Map(), [[0, 5, 2]]), [[0, 6, 3]]);
  expect(applyTallies(images, tallies)).toMatchObject([{ votes: 6, agreeing: 3 }, { votes: 1 }, { role: "GOLD", votes: 1 }]);
});

it("ignores anything that is not a list of whole numbers", () => {
  expect(withTallies(new Map(), "none").size).toBe(0);
  expect(withTallies(new Map(), [[0, 5], [1, 2.5, 1], null, [2, 3, 1]])).toEqual(new Map([[2, [3, 1]]]));
});

it("keeps the list itself while there are no tallies", () => {
  expect(applyTallies(images, new Map())).toBe(images);
});
