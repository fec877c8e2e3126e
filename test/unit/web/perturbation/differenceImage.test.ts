import { describe, expect, it } from "vitest";
import { amplificationFor, drawDifference } from "../../../../apps/web/src/features/perturbation/differenceImage.ts";
import { formatPixels } from "../../../../apps/web/src/features/perturbation/results.ts";

function grey(...pixels: number[]) {
  return { width: pixels.length, height: 1, channels: 1 as const, pixels: Uint8Array.from(pixels) };
}

describe("the difference image", () => {
  it("is mid-grey without a change, and shows the direction and size of a change", () => {
    expect([...drawDifference(grey(10, 10, 10), grey(10, 12, 9), 16).pixels]).toEqual([128, 160, 112]);
  });

  it("stays within range with the factor for its largest change", () => {
    for (const linf of [0.5, 1, 2, 63, 127, 255]) expect(amplificationFor(linf) * Math.min(linf, 127)).toBeLessThanOrEqual(127);
    expect(amplificationFor(2)).toBe(32);
    expect(amplificationFor(0)).toBe(1);
  });

  it("is not drawn for two images of different sizes", () => {
    expect(() => drawDifference(grey(1, 2), grey(1), 1)).toThrow("differ in size");
  });
});

describe("pixel values in words", () => {
  it("have limited precision, thousands separators, and no trailing zeros after the decimal point", () => {
    expect([0, 0.5, 2, 12.34, 100, 1200].map(formatPixels)).toEqual(["0", "0.5", "2", "12.3", "100", "1,200"]);
  });
});
