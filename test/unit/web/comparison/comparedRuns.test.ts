/** The runs of a comparison as text in its address, and the difference of two images. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  comparisonAddress,
  formatComparedRuns,
  letterOf,
  parseComparedRuns,
} from "../../../../apps/web/src/features/comparison/comparedRuns.ts";
import { differenceOf } from "../../../../apps/web/src/features/comparison/differenceOf.ts";

describe("the runs of a comparison", () => {
  it.each([
    ["142,144", [[142], [144]]],
    ["1-3+12,20", [[1, 2, 3, 12], [20]]],
    ["RUN-7, run-9", [[7], [9]]],
    // URLs write plus signs as spaces.
    ["1-2 5", [[1, 2, 5]]],
    ["", []],
  ])("are read from %j", (text, entries) => expect(parseComparedRuns(text)).toEqual(entries));

  it.each(["a", "0", "3-1", "1,2,x", "1+1", "1-200", "-5", "1--2", Array.from({ length: 25 }, (_, i) => i + 1).join(",")])(
    "are refused as %j",
    (text) => expect(parseComparedRuns(text)).toBeNull(),
  );

  it("are written so that they are read back the same", () => {
    const entry = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 24 }), (entries) => {
        expect(parseComparedRuns(formatComparedRuns(entries))).toEqual(entries);
        const address = new URL(comparisonAddress(entries), "http://lab.example");
        expect(parseComparedRuns(address.searchParams.get("runs") ?? "")).toEqual(entries);
      }),
    );
  });

  it("have letters", () => expect([0, 1, 23].map(letterOf)).toEqual(["A", "B", "X"]));
});

it("the difference of images is grey where they are equal, and opaque", () => {
  const image = new Uint8ClampedArray([0, 255, 100, 255]);
  const base = new Uint8ClampedArray([255, 0, 100, 255]);
  expect([...differenceOf(image, base)]).toEqual([1, 255, 128, 255]);
});
