/** The contact sheet that a screen loads for a tile size. */
import { expect, it } from "vitest";
import { isFineEnough, neededPixels, sheetSideFor } from "../../../../apps/web/src/features/archiveCanvas/sheetSide.ts";

it.each([
  ["tiles of 14 at a pixel ratio of 3", 14, 3, 32],
  ["tiles of 14 at a pixel ratio of 1", 14, 1, 16],
  ["tiles of 22 at a pixel ratio of 1", 22, 1, 32],
  ["tiles of 22 at a pixel ratio of 2", 22, 2, 64],
  ["tiles larger than those of any sheet", 200, 2, 64],
])("a screen loads the smallest sheet that is fine enough for %s", (_what, cell, density, side) => {
  expect(sheetSideFor(cell, density)).toBe(side);
});

it("a sheet is too coarse for enlarged tiles", () => {
  expect(isFineEnough(32, neededPixels(14, 3))).toBe(true);
  expect(isFineEnough(32, neededPixels(14 * 1.5, 3))).toBe(false);
});
