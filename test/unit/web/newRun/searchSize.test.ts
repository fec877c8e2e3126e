/** The amount of work of a search. */
import { describe, expect, it } from "vitest";
import { percentagesOf, searchedIterations } from "../../../../apps/web/src/features/newRun/searchSize.ts";

describe("the iterations of a search", () => {
  it("are averaged with the weights of the drawn values", () => {
    const choices = [
      { value: 100, weight: 3 },
      { value: 500, weight: 1 },
    ];
    expect(searchedIterations(choices, 42)).toEqual({ expected: 200, maximum: 500 });
    expect(percentagesOf(choices)).toEqual([75, 25]);
  });

  it("are those of the form if they are not drawn", () => {
    expect(searchedIterations(null, 42)).toEqual({ expected: 42, maximum: 42 });
    expect(searchedIterations([], 42)).toEqual({ expected: 42, maximum: 42 });
  });
});
