import { topClass } from "@pareidolia/core/topClass";
import { describe, expect, it } from "vitest";

describe("the top class", () => {
  it.each([
    [[0.1, 0.7, 0.2], 1],
    [[0.5, 0.5], 0],
    [[-3, -2, -2], 1],
    [[1], 0],
    [[], -1],
  ])("of %j is %d", (scores, place) => {
    expect(topClass(scores)).toBe(place);
    expect(topClass(Float32Array.from(scores))).toBe(place);
  });
});
