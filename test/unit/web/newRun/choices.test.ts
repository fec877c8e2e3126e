import { describe, expect, it } from "vitest";
import { readBounds } from "../../../../apps/web/src/features/newRun/bounds.ts";
import { matchClasses } from "../../../../apps/web/src/features/newRun/matchClasses.ts";
import { paperClassesOf } from "../../../../apps/web/src/features/newRun/paperClasses.ts";

describe("bounds as they are typed", () => {
  it("are sorted, and each counts once", () => {
    expect(readBounds("8, 2 0.5;2")).toEqual([0.5, 2, 8]);
    expect(readBounds("  ")).toEqual([]);
  });

  it("are refused when one is no number above 0, or there are too many", () => {
    for (const text of ["1 two", "0", "-1", "1e9", Array.from({ length: 65 }, (_, i) => i + 1).join(" ")])
      expect(readBounds(text), text).toBeNull();
  });
});

describe("classes that a search finds", () => {
  it("begin with the words before they contain them, and are found by number", () => {
    const labels = ["school bus", "bus stop", "minibus", "cat"];
    expect(matchClasses(labels, "Bus", 10).map(({ index }) => index)).toEqual([1, 0, 2]);
    expect(matchClasses(labels, "3", 10).map(({ label }) => label)).toEqual(["cat"]);
    expect(matchClasses(labels, "", 2)).toHaveLength(2);
  });
});

describe("the paper's classes", () => {
  it("move by one where the labels begin with a background class, and exist for ImageNet only", () => {
    const plain = paperClassesOf(Array.from({ length: 1000 }, () => ""));
    const shifted = paperClassesOf(Array.from({ length: 1001 }, () => ""));
    expect(plain).toHaveLength(20);
    expect(shifted).toEqual(plain?.map((index) => index + 1));
    expect(paperClassesOf(["0", "1"])).toBeNull();
  });
});
