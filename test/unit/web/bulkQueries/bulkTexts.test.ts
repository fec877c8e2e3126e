/** What the page of bulk queries says: progress, the line with a problem, and variables. */
import { expect, it } from "vitest";
import { describeProgress, markLine, parseVariables } from "../../../../apps/web/src/features/bulkQueries/bulkTexts.ts";

const query = "{\n  runs {\n    nodes { kez }\n  }\n}";

it("marks the characters at fault in their line", () => {
  const from = query.indexOf("kez");
  expect(markLine(query, { from, to: from + 3 })).toEqual({ line: 3, before: "    nodes { ", marked: "kez", after: " }" });
});

it("marks no more than the first line of a longer part, and a space at the end of the text", () => {
  expect(markLine(query, { from: 4, to: query.length })).toEqual({ line: 2, before: "  ", marked: "runs {", after: "" });
  expect(markLine("{ runs", { from: 6, to: 6 })).toEqual({ line: 1, before: "{ runs", marked: " ", after: "" });
  expect(markLine("", { from: 0, to: 0 })).toEqual({ line: 1, before: "", marked: " ", after: "" });
});

it("takes variables as a JSON object only", () => {
  expect(parseVariables(" ")).toEqual({});
  expect(parseVariables('{ "a": 1 }')).toEqual({ a: 1 });
  for (const wrong of ["[1]", "null", "{", "1"]) expect(parseVariables(wrong)).toBeNull();
});

it("describes the progress of a bulk query", () => {
  expect(describeProgress({ state: "QUEUED", rows: 0, answeredAt: null })).toBe("Waiting");
  expect(describeProgress({ state: "RUNNING", rows: 1200, answeredAt: null })).toBe("Reading: 1,200 rows so far");
  expect(describeProgress({ state: "RUNNING", rows: 1, answeredAt: "2026-01-01" })).toBe("Writing the file: 1 row");
  expect(describeProgress({ state: "SUCCEEDED", rows: 5, answeredAt: "2026-01-01" })).toBe("5 rows");
});
