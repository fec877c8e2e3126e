/** Samples of exhaustive tests, what a branch touches, and the files that the full audit runs. */
import path from "node:path";
import { expect, it } from "vitest";
import { changedFilesOf } from "../../support/extent/diff.ts";
import { sampleOf } from "../../support/extent/sampled.ts";
import { findSampledFiles } from "../../support/extent/sampledFiles.ts";

const cases = ["api/read", "api/write", "web/read", "web/write", "web/draw"];
const by = (each: string): string => each.split("/")[1] ?? "";

it("a sample has the first case of each kind, in the order of the list, and the same each time", () => {
  expect(sampleOf(cases, { by }, new Set())).toEqual(["api/read", "api/write", "web/draw"]);
});

it("a sample has every case that the branch touches", () => {
  const isTouched = (each: string, changed: ReadonlySet<string>): boolean => changed.has(`${each}.ts`);
  expect(sampleOf(cases, { by, isTouched }, new Set(["web/write.ts"]))).toEqual(["api/read", "api/write", "web/write", "web/draw"]);
});

const hunk = (file: string, ...lines: readonly string[]): string =>
  `diff --git a/${file} b/${file}\nindex 1..2 100644\n--- a/${file}\n+++ b/${file}\n@@ -1,2 +1,2 @@\n${lines.join("\n")}\n`;

it("a branch touches the files in which a line other than an import differs", () => {
  const moved = "diff --git a/old.ts b/new.ts\nsimilarity index 100%\nrename from old.ts\nrename to new.ts\n";
  const deleted = "diff --git a/gone.ts b/gone.ts\n--- a/gone.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-const gone = 1;\n";
  const diff = [
    hunk("a.ts", '-import { a } from "../a.ts";', '+import { a } from "./a.ts";', "+import {", "+  readRow,", '+} from "./b.ts";'),
    moved,
    hunk("b.ts", '-import { a } from "../a.ts";', "+const a = 1;"),
    deleted,
  ].join("");
  expect(changedFilesOf(diff)).toEqual(["b.ts", "gone.ts"]);
  expect(changedFilesOf("")).toEqual([]);
});

it("the full audit runs the files that use samples, directly or through others, and those without a sample", () => {
  const names = findSampledFiles([".test.ts", ".audit.ts"]).map((file) => path.relative(path.join(import.meta.dirname, "../.."), file));
  expect(names).toContain("unit/extent/extent.test.ts");
  expect(names).toContain("audit/access.audit.ts");
  expect(names).not.toContain("unit/launcher/child.test.ts");
});
