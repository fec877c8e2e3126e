/** The position of a crop on a photograph, and the pixels in it. */
import { centreCrop, cropArea, isSourceCrop } from "@pareidolia/core/sourceCrop";
import { fitPhoto } from "@pareidolia/images/fitPhoto";
import { describe, expect, it } from "vitest";

const portrait = { width: 300, height: 600 };
const input = { width: 32, height: 32 };

describe("a crop", () => {
  it("is the largest central part by default", () => {
    expect(cropArea(portrait, input, centreCrop)).toEqual({ left: 0, top: 150, width: 300, height: 300 });
  });

  it("follows its centre and stays inside the photograph", () => {
    expect(cropArea(portrait, input, { x: 0.5, y: 0, size: 1 })).toEqual({ left: 0, top: 0, width: 300, height: 300 });
    expect(cropArea(portrait, input, { x: 1, y: 1, size: 0.5 })).toEqual({ left: 150, top: 450, width: 150, height: 150 });
    expect(cropArea({ width: 1, height: 3 }, input, { x: 0.5, y: 0.5, size: 0.1 })).toEqual({ left: 0, top: 1, width: 1, height: 1 });
  });

  it("has its centre inside the photograph and at least a tenth of the largest size", () => {
    for (const wrong of [{ x: -0.1 }, { y: 1.1 }, { size: 0.05 }, { size: 1.1 }, { x: Number.NaN }])
      expect(isSourceCrop({ ...centreCrop, ...wrong }), JSON.stringify(wrong)).toBe(false);
    expect(isSourceCrop({ x: 0, y: 1, size: 0.1 })).toBe(true);
  });
});

describe("a photograph fitted to a network", () => {
  /** Black top half, white bottom half. */
  const halves = {
    width: 16,
    height: 32,
    channels: 1 as const,
    pixels: Uint8Array.from({ length: 16 * 32 }, (_, index) => (index < 256 ? 0 : 255)),
  };
  const shape = { width: 16, height: 16, channels: 1 as const };
  const mean = ({ pixels }: { readonly pixels: Uint8Array }) => pixels.reduce((sum, value) => sum + value, 0) / pixels.length;

  it("contains the selected part", async () => {
    expect(mean(await fitPhoto(halves, shape, { x: 0.5, y: 0.25, size: 1 }))).toBe(0);
    expect(mean(await fitPhoto(halves, shape, { x: 0.5, y: 0.75, size: 1 }))).toBe(255);
    expect(mean(await fitPhoto(halves, shape))).toBeCloseTo(127.5, 0);
  });

  it("is unchanged if it has the shape of the input", async () => {
    expect(await fitPhoto(halves, halves)).toBe(halves);
    expect(await fitPhoto(halves, halves, centreCrop)).toBe(halves);
  });
});
