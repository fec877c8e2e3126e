/** The tiles of an ascent on the home page: which classes, and under which class each image stands. */
import { describe, expect, it } from "vitest";
import { ascentTiles } from "../../../../apps/web/src/features/home/ascentTiles.ts";

const trajectory = (index: number) => ({ class: index, id: `t${index}` });
const tilesOf = (classes: readonly number[], surest: readonly number[], most = 10) =>
  ascentTiles(classes, surest.map(trajectory), most).map((tile) => [tile.class, tile.image?.id ?? null]);

describe("an ascent's tiles", () => {
  it("hold every image that came under its own class, though it is not among the first classes", () => {
    const classes = Array.from({ length: 30 }, (_, index) => index);
    const surest = [29, 3, 17, 12, 25, 8, 21, 5, 14, 19];
    expect(tilesOf(classes, surest)).toEqual(surest.toSorted((a, b) => a - b).map((index) => [index, `t${index}`]));
  });

  it("leave room to classes without an image, in the order of classes", () => {
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
