/** What the table writes: queries that the API's schema accepts, the history of searches, and places on the axis. */

import { readFileSync } from "node:fs";
import { toNines } from "@pareidolia/core/nines";
import { buildSchema, parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { plotTicks, plotWidth, plotX } from "../../../../apps/web/src/features/runsTable/IntervalPlot.tsx";
import { groupsQuery, runsQuery } from "../../../../apps/web/src/features/runsTable/queryTexts.ts";
import { SearchHistory } from "../../../../apps/web/src/features/search/searchHistory.ts";

const schema = buildSchema(readFileSync(new URL("../../../../apps/api/schema.graphql", import.meta.url), "utf8"));
const list = { search: 'name = "a \\"b\\""', sort: { column: "median", direction: "DESC" } };

describe("the query of the table", () => {
  it.each([null, "EXP-12"])("is valid for the experiment %s", (experimentId) => {
    const runs = runsQuery({ ...list, experimentId, columns: ["median", "seed"] });
    const groups = groupsQuery({ ...list, experimentId, groupBy: ["preset"], measures: ["median"] });
    for (const text of [runs, groups]) {
      expect(validate(schema, parse(text))).toEqual([]);
      expect(text).toContain('name = \\"a \\\\\\"b\\\\\\"\\"');
    }
  });
});

describe("the history of searches", () => {
  it("goes back and forth, skips the present text, and keeps no repetition", () => {
    const past = new SearchHistory();
    for (const text of ["a", "b", "b", " "]) past.add(text);
    expect(past.recall(-1, "draft")).toBe("b");
    expect(past.recall(-1, "b")).toBe("a");
    expect(past.recall(-1, "a")).toBeNull();
    expect(past.recall(1, "a")).toBe("b");
    expect(past.recall(1, "b")).toBeNull();
    past.add("c");
    expect(past.recall(-1, "c")).toBe("b");
  });
});

describe("the axis of nines", () => {
  it("spaces .99, .999 and .9999 evenly, and keeps every value on it", () => {
    const [first, second, third] = plotTicks.map(plotX) as [number, number, number];
    expect(first).toBe(0);
    expect(third - second).toBeCloseTo(second - first, 9);
    expect(plotX(0)).toBe(0);
    expect(plotX(12)).toBe(plotWidth);
    expect(toNines(0.999)).toBeCloseTo(3, 9);
    expect(toNines(1)).toBeCloseTo(-Math.log10(2 ** -25), 9);
  });
});
