import { expect, it } from "vitest";
import { binCount, measurePixels } from "../../../../apps/web/src/features/elite/pixelStatistics.ts";

it("a uniform distribution of bytes has eight bits of entropy, its mean in the middle and equal bins", () => {
  const measured = measurePixels({ width: 16, height: 16, channels: 1, pixels: Uint8Array.from({ length: 256 }, (_, i) => i) });
  expect(measured.entropy).toBeCloseTo(8, 12);
  expect(measured.mean).toBe(127.5);
  expect(measured.deviation).toBeCloseTo(73.9, 1);
  expect(measured.bins).toEqual(Array.from({ length: binCount }, () => 256 / binCount));
  expect(measured.neighbours).toBeCloseTo(1, 2);
  expect(measured.clipped).toBe(2 / 256);
});

it("neighbours in a checkerboard have a correlation of -1", () => {
  const pixels = Uint8Array.from({ length: 64 }, (_, i) => ((i + (i >> 3)) % 2 === 0 ? 0 : 255));
  const measured = measurePixels({ width: 8, height: 8, channels: 1, pixels });
  expect(measured.neighbours).toBeCloseTo(-1, 12);
  expect(measured.entropy).toBeCloseTo(1, 12);
});

it("a uniform image has no correlation", () => {
  expect(measurePixels({ width: 4, height: 4, channels: 1, pixels: new Uint8Array(16).fill(9) }).neighbours).toBeNull();
});
