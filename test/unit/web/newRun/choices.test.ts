import { describe, expect, it } from "vitest";
import { defaultBounds, readBounds } from "../../../../apps/web/src/features/newRun/bounds.ts";
import { matchClasses } from "../../../../apps/web/src/features/newRun/matchClasses.ts";
import { paperClassesOf } from "../../../../apps/web/src/features/newRun/paperClasses.ts";

describe("typed bounds", () => {
  it("are sorted without duplicates", () => {
    expect(readBounds("8, 2 1.5;2")).toEqual({ bounds: [1.5, 2, 8] });
    expect(readBounds("  ")).toEqual({ bounds: [] });
  });

  it("are rejected if one is not a number above 0, or if there are too many", () => {
    for (const text of ["1 two", "0", "-1", "1e9", Array.from({ length: 65 }, (_, i) => i + 1).join(" ")])
      expect(readBounds(text), text).toEqual({ problem: expect.stringContaining("Enter at most 64 numbers from 1 to 100,000") });
  });

  it("are rejected with the reason if no stored image can change within one of them", () => {
    expect(readBounds("4 0.5 2")).toEqual({
      problem: expect.stringContaining("it cannot change by less than 1. Set bounds of 1 or more."),
    });
  });
});

describe("the default bounds", () => {
  const imagenet = { width: 224, height: 224, channels: 3 };
  const cifar = { width: 32, height: 32, channels: 3 };
  const digits = { width: 28, height: 28, channels: 1 };

  it("are a few grey levels per value for a photograph of any size, and more for a digit", () => {
    expect(defaultBounds("LINF", imagenet)).toEqual([1, 2, 4, 8, 16]);
    expect(defaultBounds("LINF", cifar)).toEqual([1, 2, 4, 8, 16]);
    expect(defaultBounds("LINF", digits)).toEqual([8, 16, 32, 48, 64]);
  });

  it("are lengths that grow with the square root of the number of values", () => {
    expect(defaultBounds("L2", imagenet)).toEqual([100, 200, 400, 800, 1600]);
    expect(defaultBounds("L2", cifar)).toEqual([10, 20, 40, 80, 160]);
    expect(defaultBounds("L2", digits)).toEqual([200, 400, 600, 800, 1000]);
  });

  it("allow an image to change within the smallest of them", () => {
    for (const norm of ["LINF", "L2"] as const)
      for (const channels of [1, 3]) expect(defaultBounds(norm, { width: 1, height: 1, channels })[0]).toBeGreaterThanOrEqual(1);
  });
});

describe("the classes found by a search", () => {
  it("are those that start with the text, then those that contain it, or the class with that number", () => {
    const labels = ["school bus", "bus stop", "minibus", "cat"];
    expect(matchClasses(labels, "Bus", 10).map(({ index }) => index)).toEqual([1, 0, 2]);
    expect(matchClasses(labels, "3", 10).map(({ label }) => label)).toEqual(["cat"]);
    expect(matchClasses(labels, "", 2)).toHaveLength(2);
  });
});

describe("the paper's classes", () => {
  it("shift by one if the labels start with a background class, and exist only for ImageNet", () => {
    const plain = paperClassesOf(Array.from({ length: 1000 }, () => ""));
    const shifted = paperClassesOf(Array.from({ length: 1001 }, () => ""));
    expect(plain).toHaveLength(20);
    expect(shifted).toEqual(plain?.map((index) => index + 1));
    expect(paperClassesOf(["0", "1"])).toBeNull();
  });
});
