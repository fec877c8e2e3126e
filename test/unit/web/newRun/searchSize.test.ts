/** How much a search computes. */
import { describe, expect, it } from "vitest";
import { percentagesOf, searchedIterations } from "../../../../apps/web/src/features/newRun/searchSize.ts";

describe("the steps of a search", () => {
  it("are weighed by how often each number is drawn", () => {
    const choices = [
      { value: 100, weight: 3 },
      { value: 500, weight: 1 },
    ];
    expect(searchedIterations(choices, 42)).toEqual({ expected: 200, maximum: 500 });
    expect(percentagesOf(choices)).toEqual([75, 25]);
  });

  it("are the form's where they are not drawn", () => {
    expect(searchedIterations(null, 42)).toEqual({ expected: 42, maximum: 42 });
    expect(searchedIterations([], 42)).toEqual({ expected: 42, maximum: 42 });
  });
});
