/** The rows of a search: their order, their stability under the pointer, and the URL parameters. */
import { describe, expect, it } from "vitest";
import {
  bestOf,
  configurationRule,
  keepOrder,
  orderRule,
  readOrder,
  type Standing,
  sortStandings,
  writeOrder,
} from "../../../../apps/web/src/features/configurations/standings.ts";
import { addressProblems } from "../../../../apps/web/src/features/marks/addressProblems.ts";

function standing(index: number, rank: number, medianFoolingStep: number | null, decay: number): Standing {
  return { index, rank, medianFoolingStep, parameters: { decay }, stored: 1, ended: 1, foolingCount: 1, median: 0.5 };
}

const rows = [standing(0, 3, null, 0.1), standing(1, 1, 90, 0.1), standing(2, 2, 40, 0)];
const inOrder = (text: string | null) => sortStandings(rows, readOrder(text, ["decay"])).map(({ index }) => index);

describe("the order of configurations", () => {
  it("is by rank, unless the URL names another order", () => {
    expect(inOrder(null)).toEqual([1, 2, 0]);
    expect(inOrder("wax")).toEqual([1, 2, 0]);
    expect(inOrder("configuration")).toEqual([0, 1, 2]);
    expect(inOrder("-configuration")).toEqual([2, 1, 0]);
  });

  it("has configurations without a step last, in both directions", () => {
    expect(inOrder("step")).toEqual([2, 1, 0]);
    expect(inOrder("-step")).toEqual([1, 2, 0]);
  });

  it("sorts by a drawn parameter, then by rank", () => {
    expect(inOrder("decay")).toEqual([2, 1, 0]);
    expect(inOrder("-decay")).toEqual([1, 0, 2]);
  });

  it("round-trips through the URL", () => {
    for (const text of ["rank", "-step", "-decay"]) expect(writeOrder(readOrder(text, ["decay"]))).toBe(text);
  });
});

describe("the best configuration", () => {
  it("is the first in rank with a stored image", () => {
    expect(bestOf(rows)).toBe(1);
    expect(bestOf(rows.map((row) => ({ ...row, stored: 0 })))).toBeNull();
    expect(bestOf([])).toBeNull();
  });
});

describe("a list under the pointer", () => {
  it("keeps the positions of its rows and appends new ones", () => {
    expect(keepOrder([3, 1, 2], [1, 7, 2, 3])).toEqual([3, 1, 2, 7]);
  });

  it("drops rows that no longer exist", () => {
    expect(keepOrder([3, 1, 2], [2, 3])).toEqual([3, 2]);
  });
});

describe("the URL of a search", () => {
  const problems = (query: string) => addressProblems(new URLSearchParams(query), [configurationRule(24), orderRule(["decay"])]);

  it("may name a configuration and an order, or neither", () => {
    expect(problems("")).toEqual([]);
    expect(problems("configuration=23&order=-decay")).toEqual([]);
  });

  it.each(["24", "-1", "1e1", "best", "012345678901234567"])("has an error for the invalid configuration %s", (text) => {
    expect(problems(`configuration=${text}`)).toEqual([
      `configuration is “${text}” and must be a whole number from 0 to 23; the best configuration is shown instead.`,
    ]);
  });

  it("has an error that lists the valid orders", () => {
    expect(problems("order=beauty")[0]).toContain("one of rank, configuration, step, decay, optionally preceded by -");
  });
});
