/** The PNG encoder against an independent decoder, and the decoder against damaged and hostile files. */
import { deflateSync } from "node:zlib";
import type { ByteImage } from "@pareidolia/core/image";
import { Purpose, Random } from "@pareidolia/core/random";
import { encodeCompactPng } from "@pareidolia/images/compactPng";
import { decodePng, encodePng, encodePngInBackground } from "@pareidolia/images/png";
import { describe, expect, it } from "vitest";

function noise(width: number, height: number, channels: 1 | 3): ByteImage {
  const random = new Random({ seed: width * height, generation: channels, index: 0, purpose: Purpose.NOISE });
  return { width, height, channels, pixels: Uint8Array.from({ length: width * height * channels }, () => random.below(256)) };
}

describe("png", () => {
  it.each([
    [1, 1, 1],
    [28, 28, 1],
    [7, 3, 3],
    [256, 256, 3],
  ] as const)("keeps every byte of an image of %i x %i x %i", (width, height, channels) => {
    const image = noise(width, height, channels);
    expect(decodePng(encodePng(image))).toEqual(image);
    expect(decodePng(encodeCompactPng(image))).toEqual(image);
  });

  it("encodes the same bytes in the background", async () => {
    const image = noise(256, 256, 3);
    expect(await encodePngInBackground(image)).toEqual(encodePng(image));
  });

  it("compresses a smooth image well by choosing a filter for each row, without loss", () => {
    const pixels = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (i % 192) + Math.floor(i / 192) + (i % 3) * 7);
    const smooth: ByteImage = { width: 64, height: 64, channels: 3, pixels };
    const compact = encodeCompactPng(smooth);
    expect(decodePng(compact)).toEqual(smooth);
    expect(compact.length).toBeLessThan(encodePng(smooth).length / 4);
  });

  it("writes equal bytes for equal images", () => {
    expect(encodePng(noise(28, 28, 1))).toEqual(encodePng(noise(28, 28, 1)));
  });

  it("finds a changed byte anywhere in the file", () => {
    const png = encodePng(noise(28, 28, 1));
    for (let i = 0; i < png.length - 12; i += 37) {
      const damaged = png.slice();
      damaged[i] = (damaged[i] as number) ^ 0x40;
      expect(() => decodePng(damaged), `byte ${i}`).toThrow(expect.objectContaining({ code: "CORRUPT_DATA" }));
    }
  });

  it("refuses a truncated file", () => {
    const png = encodePng(noise(28, 28, 1));
    for (const length of [0, 8, 32, 40, png.length / 2, png.length - 13])
      expect(() => decodePng(png.subarray(0, length)), `${length} bytes`).toThrow(expect.objectContaining({ code: "CORRUPT_DATA" }));
  });

  it("refuses sizes out of bounds before inflating anything", () => {
    for (const [width, height] of [
      [0, 1],
      [4097, 1],
      [1, 2 ** 31],
    ] as const) {
      const png = Buffer.from(encodePng(noise(2, 2, 1)));
      png.writeUInt32BE(width, 16);
      png.writeUInt32BE(height, 20);
      expect(() => decodePng(png)).toThrow(expect.objectContaining({ code: "CORRUPT_DATA", message: expect.stringContaining("a side") }));
    }
  });

  it("refuses other files", () => {
    expect(() => decodePng(deflateSync(Buffer.alloc(100)))).toThrow(expect.objectContaining({ code: "CORRUPT_DATA" }));
  });
});
