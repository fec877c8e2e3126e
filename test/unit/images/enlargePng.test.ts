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

  it.each([1, 3] as const)("has a square of each pixel, and as many channels: %i", async (channels) => {
    const pixels = Uint8Array.from({ length: 7 * 5 * channels }, (_, i) => (i * 97) % 256);
    const enlarged = decodePng(await enlargePng(encodePng({ width: 7, height: 5, channels, pixels }), "token"));
    expect({ ...enlarged, pixels: null }).toEqual({ width: 448, height: 320, channels, pixels: null });
    const expected = Uint8Array.from({ length: 448 * 320 * channels }, (_, place) => {
      const [x, y, channel] = [Math.floor(place / channels) % 448, Math.floor(place / channels / 448), place % channels];
      return pixels[(Math.floor(y / 64) * 7 + Math.floor(x / 64)) * channels + channel] as number;
    });
    expect(Buffer.compare(enlarged.pixels, expected)).toBe(0);
  });

  it.each([
    ["is cut off", (png: Uint8Array) => png.subarray(0, png.length - 40)],
    ["has a changed byte", (png: Uint8Array) => png.map((byte, i) => (i === 60 ? byte ^ 1 : byte))],
    ["is not a PNG", () => new TextEncoder().encode("not a PNG file, but long enough for a header")],
  ])("is not made of a file that %s", async (_name, damage) => {
    const pixels = Uint8Array.from({ length: 64 * 64 }, (_, i) => (i * 97) % 251);
    const png = encodePng({ width: 64, height: 64, channels: 1, pixels });
    await expect(enlargePng(damage(png), "token")).rejects.toMatchObject({ code: "CORRUPT_DATA" });
  });

  it("has other bytes under each comment, and is read by libvips", async () => {
    const stored = encodePng({ width: 400, height: 400, channels: 1, pixels: new Uint8Array(160_000).fill(7) });
    const [one, other] = [await enlargePng(stored, "one"), await enlargePng(stored, "other")];
    expect(Buffer.compare(one, other)).not.toBe(0);
    expect(Buffer.compare(decodePng(one).pixels, decodePng(other).pixels)).toBe(0);
    expect((await sharp(one).stats()).channels[0]).toMatchObject({ min: 7, max: 7 });
  });
});
