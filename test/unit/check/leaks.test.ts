import { realpathSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { findLeaks } from "../../support/leaks.ts";

/** Tests run in the root of the repository. */
const root = process.cwd();

describe("the search for leaks in a response", () => {
  it.each([
    ["a path of this checkout", `ENOENT: no such file, open '${path.join(root, "apps/api/schema.graphql")}'`],
    ["its real path", `ENOENT: no such file, open '${path.join(realpathSync(root), "apps/api/schema.graphql")}'`],
    ["a line of a stack trace", "Error: no\n    at readRun (run.service.js:12:7)"],
    ["a line without a function", "Error: no\n    at async file:///srv/api/main.js:3:4"],
    ["a statement", "Raw query failed: SELECT 1"],
    ["a library", "Invalid `prisma.run.findUnique()` invocation"],
  ])("finds %s", (_, text) => {
    expect(findLeaks(text)).not.toEqual([]);
  });

  it.each([
    "There is no run of this key. Choose another one, at best before 12:30.",
    'Variable "$v" got invalid value at "v.until"; DateTime cannot represent an invalid date-time-string 2026-02-30T00:00:00Z.',
  ])("finds none in %j", (text) => {
    expect(findLeaks(text)).toEqual([]);
  });
});
