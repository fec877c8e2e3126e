import { toRgb } from "@pareidolia/encodings/colour";
import { decodeGenes } from "@pareidolia/encodings/direct/decode";
import { describe, expect, it } from "vitest";

describe("direct decoding", () => {
  it("reads genes column by column, and truncates to whole numbers only for 8-bit pixels", () => {
    const genome = Float32Array.from([0, 0.25, 0.5, 0.75, 0.999, 1]);
    const draw = (eightBit: boolean) => {
      const pixels = new Float32Array(6);
      decodeGenes(genome, { width: 3, height: 2, channels: 1 }, { eightBit, colour: "hsv" }, pixels);
      return [...pixels];
    };
    expect(draw(true)).toEqual([0, 127, 254, 63, 191, 255]);
    expect(draw(false)).toEqual([0, 127.5, Math.fround(255 * Math.fround(0.999)), 63.75, 191.25, 255]);
  });

  it("keeps the channels of a pixel together", () => {
    const pixels = new Float32Array(12);
    const white = [0, 0, 1];
    const black = [0, 0, 0];
    decodeGenes(
      Float32Array.from([...white, ...black, ...black, ...white]),
      { width: 2, height: 2, channels: 3 },
      { eightBit: true, colour: "hsv" },
      pixels,
    );
    expect([...pixels]).toEqual([255, 255, 255, 0, 0, 0, 0, 0, 0, 255, 255, 255]);
  });
});

describe("colour", () => {
  const convert = (space: "hsv" | "hls", pixel: number[], round = true) => {
    const pixels = Float32Array.from(pixel);
    toRgb(pixels, space, round);
    return [...pixels];
  };

  it("covers the hue circle once in HSV", () => {
    expect(convert("hsv", [0, 255, 255])).toEqual([255, 0, 0]);
    expect(convert("hsv", [85, 255, 255])).toEqual([0, 255, 0]);
    expect(convert("hsv", [170, 255, 255])).toEqual([0, 0, 255]);
    expect(convert("hsv", [255, 255, 255])).toEqual([255, 0, 0]);
    expect(convert("hsv", [42.5, 255, 128])).toEqual([128, 128, 0]);
  });

  it("reads the hue of HLS in OpenCV's half degrees, so bytes from 180 wrap", () => {
    expect(convert("hls", [60, 127.5, 255])).toEqual([0, 255, 0]);
    expect(convert("hls", [120, 127.5, 255])).toEqual([0, 0, 255]);
    expect(convert("hls", [240, 127.5, 255])).toEqual(convert("hls", [60, 127.5, 255]));
    expect(convert("hls", [33, 200, 0])).toEqual([200, 200, 200]);
    expect(convert("hls", [10, 255, 255])).toEqual([255, 255, 255]);
  });

  it("keeps fractions without rounding", () => {
    expect(convert("hsv", [0, 0, 100.25], false)[0]).toBeCloseTo(100.25, 4);
  });
});
