/** Files say over what an interval generalises, wherever they have one. */
import { glob, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { intervalCells, intervalColumns } from "../../../../apps/web/src/features/marks/intervalColumns.ts";

const features = path.join(import.meta.dirname, "../../../../apps/web/src/features");

it("has the ends with what the interval is for, or the reason why there is none", () => {
  expect(intervalColumns("median")).toEqual(["median low", "median high", "median interval for", "median no interval because"]);
  expect(intervalCells({ low: 0.25, high: 0.5 }, "other runs")).toEqual([0.25, 0.5, "other runs", null]);
  const intervalReason = "It needs two runs.";
  expect(intervalCells({ low: null, high: null, intervalReason }, "other runs")).toEqual([null, null, null, intervalReason]);
  expect(intervalCells(null, "other runs")).toEqual([null, null, null, null]);
});

it("every file with the end of an interval has a column for what it generalises over", async () => {
  const silent: string[] = [];
  for await (const file of glob("**/*.{ts,tsx}", { cwd: features })) {
    const text = await readFile(path.join(features, file), "utf8");
    const hasEnd = /(?<!: )"(?:[a-zA-Z ]+ )?low",|"[a-z]\w*Low",/.test(text);
    if (hasEnd && !/"(?:[a-zA-Z ]+ )?for",/.test(text)) silent.push(file);
  }
  expect(silent).toEqual([]);
});
