/** The mask's static: the same for the same trial, different for others, and of every grey level. */
import { describe, expect, it } from "vitest";
import { drawStatic, maskCellsOf, seedOf } from "../../../../apps/web/src/features/voting/staticMask.ts";

describe("static", () => {
  it("depends on nothing but the seed and the trial", () => {
    expect(drawStatic(7, 3, 64)).toEqual(drawStatic(7, 3, 64));
    expect(drawStatic(7, 3, 64)).not.toEqual(drawStatic(7, 4, 64));
    expect(drawStatic(7, 3, 64)).not.toEqual(drawStatic(8, 3, 64));
  });

  it("is opaque grey, spread over all levels", () => {
    const pixels = drawStatic(1, 0, 64);
    const levels: number[] = [];
    for (let at = 0; at < pixels.length; at += 4) {
      expect([pixels[at + 1], pixels[at + 2], pixels[at + 3]]).toEqual([pixels[at], pixels[at], 255]);
      levels.push(pixels[at] as number);
    }
    expect(levels).toHaveLength(4096);
    // Uniform on 0 to 255: mean 127.5 with a standard error of 73.9 / 64.
    const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
    expect(Math.abs(mean - 127.5)).toBeLessThan(4 * (73.9 / 64));
    expect(new Set(levels).size).toBe(256);
  });

  it("has the image's pixels as cells, but at most 64", () => {
    expect(maskCellsOf({ width: 28, height: 28 })).toBe(28);
    expect(maskCellsOf({ width: 16, height: 32 })).toBe(32);
    expect(maskCellsOf({ width: 227, height: 227 })).toBe(64);
  });

  // Test vectors of the FNV specification: "" and "foobar" in 32 bits are 0x811c9dc5 and 0xbf9cf968.
  it("gets its seed from the FNV-1a hash of a text", () => {
    expect(seedOf("")).toBe(0x811c9dc5 & 0x7fffffff);
    expect(seedOf("foobar")).toBe(0xbf9cf968 & 0x7fffffff);
  });
});
