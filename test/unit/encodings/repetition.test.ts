import type { NetworkNode } from "@pareidolia/encodings/cppn/network";
import { Repetition, repetitionsOf } from "@pareidolia/encodings/cppn/repetition";
import { describe, expect, it } from "vitest";

const [x, y, d, bias] = [0, 1, 2, 3];
const node = (number: number, ...sources: number[]): NetworkNode => ({ node: number, sources, weights: sources.map(() => 1) });
const { eachPixel, oncePerPicture, oncePerTile } = Repetition;

const plan = [
  node(4),
  node(5, bias, 4),
  node(6, x, bias),
  node(7, y),
  node(8, 7, 5),
  node(9, d),
  node(10, 6, 8),
  node(11, 6, 5),
  node(12, 10),
];

describe("how often a node is computed", () => {
  it("is once a picture for what hears of x alone or of nothing, once a row for what hears of y alone", () => {
    expect(repetitionsOf(plan, true)).toEqual([
      oncePerPicture,
      oncePerPicture,
      oncePerPicture,
      oncePerTile,
      oncePerTile,
      eachPixel,
      eachPixel,
      oncePerPicture,
      eachPixel,
    ]);
  });

  it("is once a picture only for what hears of nothing, where a tile is no row", () => {
    expect(repetitionsOf(plan, false)).toEqual(plan.map(({ node: number }) => (number <= 5 ? oncePerPicture : eachPixel)));
  });
});
