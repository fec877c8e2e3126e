import type { NetworkNode } from "@pareidolia/encodings/cppn/network";
import { Repetition, repetitionsOf } from "@pareidolia/encodings/cppn/repetition";
import { describe, expect, it } from "vitest";

const [x, y, d, bias] = [0, 1, 2, 3];
const node = (number: number, ...sources: number[]): NetworkNode => ({ node: number, sources, weights: sources.map(() => 1) });
const { eachPixel, oncePerImage, oncePerTile } = Repetition;

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

describe("the repetition of a node", () => {
  it("is once per image if it depends on x alone or on no input, once per row if it depends on y alone", () => {
    expect(repetitionsOf(plan, true)).toEqual([
      oncePerImage,
      oncePerImage,
      oncePerImage,
      oncePerTile,
      oncePerTile,
      eachPixel,
      eachPixel,
      oncePerImage,
      eachPixel,
    ]);
  });

  it("is once per image only without inputs if a tile is not a row", () => {
    expect(repetitionsOf(plan, false)).toEqual(plan.map(({ node: number }) => (number <= 5 ? oncePerImage : eachPixel)));
  });
});
