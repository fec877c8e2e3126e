/** The tiles of an ascent on the home page: which classes are shown, and the image of each. */
import { describe, expect, it } from "vitest";
import { ascentTiles } from "../../../../apps/web/src/features/home/ascentTiles.ts";

const trajectory = (index: number) => ({ class: index, id: `t${index}` });
const tilesOf = (classes: readonly number[], best: readonly number[], most = 10) =>
  ascentTiles(classes, best.map(trajectory), most).map((tile) => [tile.class, tile.image?.id ?? null]);

describe("an ascent's tiles", () => {
  it("show every image under its class, even if it is not among the first classes", () => {
    const classes = Array.from({ length: 30 }, (_, index) => index);
    const best = [29, 3, 17, 12, 25, 8, 21, 5, 14, 19];
    expect(tilesOf(classes, best)).toEqual(best.toSorted((a, b) => a - b).map((index) => [index, `t${index}`]));
  });

  it("include classes without an image, in class order", () => {
    expect(tilesOf([7, 2, 9], [9])).toEqual([
      [2, null],
      [7, null],
      [9, "t9"],
    ]);
    expect(tilesOf([1, 2, 3, 4], [4, 3], 3)).toEqual([
      [1, null],
      [3, "t3"],
      [4, "t4"],
    ]);
  });
});
