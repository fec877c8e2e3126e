/** Which contact sheet a screen loads for tiles of a size. */
import { expect, it } from "vitest";
import { isFineEnough, neededPixels, sheetSideFor } from "../../../../apps/web/src/features/archiveCanvas/sheetSide.ts";

it.each([
  ["a phone of three pixels to one, with tiles of 14", 14, 3, 32],
  ["a plain screen with tiles of 14", 14, 1, 16],
  ["a plain screen with tiles of 22", 22, 1, 32],
  ["a fine screen with tiles of 22", 22, 2, 64],
  ["tiles larger than any sheet's", 200, 2, 64],
])("%s loads the smallest sheet that looks right", (_what, cell, density, side) => {
  expect(sheetSideFor(cell, density)).toBe(side);
});

it("is too coarse for tiles that are zoomed in", () => {
  expect(isFineEnough(32, neededPixels(14, 3))).toBe(true);
  expect(isFineEnough(32, neededPixels(14 * 1.5, 3))).toBe(false);
});
