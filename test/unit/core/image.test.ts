import { pixelCount, quantiseImage, toFloatImage } from "@pareidolia/core/image";
import { describe, expect, it } from "vitest";

describe("an image", () => {
  it("is stored as the nearest bytes, with halves rounded up and values out of range clipped", () => {
    const pixels = Float32Array.of(-3, -0.2, 0.49999997, 0.5, 1.5, 254.5, 255.4, 1e30, Number.NEGATIVE_INFINITY);
    const stored = quantiseImage({ width: 9, height: 1, channels: 1, pixels });
    expect([...stored.pixels]).toEqual([0, 0, 0, 1, 2, 255, 255, 255, 0]);
  });

  it("of whole numbers is stored without loss", () => {
    const shape = { width: 16, height: 16, channels: 1 } as const;
    const pixels = Float32Array.from({ length: pixelCount(shape) }, (_, level) => level);
    expect(toFloatImage(quantiseImage({ ...shape, pixels }))).toEqual({ ...shape, pixels });
  });
});
