/** Images as voters receive them. */
import { enlargedSize, enlargePng } from "@pareidolia/images/enlargePng";
import { decodePng, encodePng } from "@pareidolia/images/png";
import sharp from "sharp";
import { describe, expect, it } from "vitest";

describe("an enlarged image", () => {
  it.each([
    [28, 28, 336, 336],
    [256, 256, 512, 512],
    [320, 320, 320, 320],
    [299, 500, 598, 1000],
    [1, 1, 320, 320],
    [4096, 4, 4096, 4],
    [2000, 10, 4000, 20],
  ])("of %i x %i pixels has %i x %i: a whole number of times, and no side above 4096", (width, height, enlargedWidth, enlargedHeight) => {
    expect(enlargedSize({ width, height })).toEqual({ width: enlargedWidth, height: enlargedHeight });
  });

  it("has a square of each pixel, as libvips scales by the nearest neighbour", async () => {
    const pixels = Uint8Array.from({ length: 7 * 5 * 3 }, (_, i) => (i * 97) % 256);
    const stored = encodePng({ width: 7, height: 5, channels: 3, pixels });
    const enlarged = await enlargePng(stored, "token");
    const { width, height, channels, pixels: own } = decodePng(enlarged);
    expect({ width, height, channels }).toEqual({ width: 448, height: 320, channels: 3 });
    const expected = await sharp(stored).resize(448, 320, { kernel: "nearest" }).raw().toBuffer();
    expect(Buffer.compare(own, expected)).toBe(0);
  });

  it("has other bytes under each comment, and is read by libvips", async () => {
    const stored = encodePng({ width: 400, height: 400, channels: 1, pixels: new Uint8Array(160_000).fill(7) });
    const [one, other] = [await enlargePng(stored, "one"), await enlargePng(stored, "other")];
    expect(Buffer.compare(one, other)).not.toBe(0);
    expect(Buffer.compare(decodePng(one).pixels, decodePng(other).pixels)).toBe(0);
    expect((await sharp(one).stats()).channels[0]).toMatchObject({ min: 7, max: 7 });
  });
});
