/** Images as voters receive them: the same bits in either format, other bytes under each comment. */
import { decodePng, encodePng } from "@pareidolia/images/png";
import { addComment, contentTypeOf, decodeStored, encodeForVoters, voterFormatNames } from "@pareidolia/images/voterImage";
import { addWebpComment } from "@pareidolia/images/webpComment";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { readPhoto } from "../../support/photos.ts";

const noise = (width: number, height: number, channels: 1 | 3) => ({
  width,
  height,
  channels,
  pixels: Uint8Array.from({ length: width * height * channels }, (_, i) => (Math.imul(i + 1, 2_654_435_761) >>> 24) & 0xff),
});

async function rawOf(bytes: Uint8Array, channels: 1 | 3) {
  const { data, info } = await sharp(bytes)
    .toColourspace(channels === 1 ? "b-w" : "srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: Uint8Array.from(data) };
}

describe.each(voterFormatNames)("an image for voters as %s", (format) => {
  it.each([
    [28, 28, 1],
    [7, 5, 3],
    [224, 224, 3],
    [1, 1, 1],
    [331, 97, 3],
  ] as const)("of %i x %i pixels and %i channels has the stored bits, also with a comment", async (width, height, channels) => {
    const image = noise(width, height, channels);
    const stored = await decodeStored(encodePng(image));
    expect(Buffer.compare(stored.pixels, image.pixels)).toBe(0);
    const encoded = await encodeForVoters(stored, format);
    for (const bytes of [encoded, addComment(encoded, format, "a".repeat(33)), addComment(encoded, format, "a".repeat(34))]) {
      const { pixels, ...size } = await rawOf(bytes, channels);
      expect(size).toEqual({ width, height });
      expect(Buffer.compare(pixels, image.pixels)).toBe(0);
      expect((await sharp(bytes).metadata()).format).toBe(contentTypeOf(format).replace("image/", ""));
    }
  });

  it("has other bytes under each comment", async () => {
    const encoded = await encodeForVoters(noise(40, 40, 1), format);
    const [one, other] = ["one", "two"].map((comment) => addComment(encoded, format, comment)) as [Uint8Array, Uint8Array];
    expect(Buffer.compare(one, other)).not.toBe(0);
    expect(one).toHaveLength(other.length);
  });
});

it("a photograph is smaller as WebP, without loss", async () => {
  const { pixels, ...shape } = await readPhoto("cat.bmp", 224);
  const photo = { ...shape, pixels: Uint8Array.from(pixels) };
  const [webp, png] = [await encodeForVoters(photo, "webp"), await encodeForVoters(photo, "png")];
  expect(webp.length).toBeLessThan(png.length);
});

it.each([
  ["is cut off", (png: Uint8Array) => png.subarray(0, png.length - 40)],
  ["has a changed byte", (png: Uint8Array) => png.map((byte, i) => (i === 60 ? byte ^ 1 : byte))],
  ["is not a PNG", () => new TextEncoder().encode("not a PNG file, but long enough for a header")],
])("is not made of a file that %s", async (_name, damage) => {
  const pixels = Uint8Array.from({ length: 64 * 64 }, (_, i) => (i * 97) % 251);
  await expect(decodeStored(damage(encodePng({ width: 64, height: 64, channels: 1, pixels })))).rejects.toMatchObject({
    code: "CORRUPT_DATA",
  });
});

it("a comment is refused for a lossy file, and for one that is no WebP", async () => {
  const lossy = await sharp(Buffer.alloc(300), { raw: { width: 10, height: 10, channels: 3 } })
    .webp({ quality: 50 })
    .toBuffer();
  for (const bytes of [lossy, encodePng(noise(4, 4, 1))]) expect(() => addWebpComment(bytes, "x")).toThrow(/not a lossless WebP/);
  expect(decodePng(encodePng(noise(4, 4, 1)))).toMatchObject({ width: 4 });
});
