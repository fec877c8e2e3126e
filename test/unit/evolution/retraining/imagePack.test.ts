import type { ByteImage } from "@pareidolia/core/image";
import { packImages, unpackImages } from "@pareidolia/evolution/retraining/imagePack";
import { describe, expect, it } from "vitest";

const images = [0, 1, 2].map(
  (start): ByteImage => ({
    width: 2,
    height: 1,
    channels: 3,
    pixels: Uint8Array.from({ length: 6 }, (_, i) => start * 10 + i),
  }),
);

describe("packed images", () => {
  it("begin with a line of JSON and unpack to the same images", () => {
    const bytes = packImages(images);
    expect(new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(10)))).toBe('{"count":3,"width":2,"height":1,"channels":3}');
    expect(unpackImages(bytes)).toEqual(images);
  });

  it("need at least one image", () => {
    expect(() => packImages([])).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
  });

  it.each([
    ["no header", new Uint8Array(20)],
    ["a header that is not JSON", new TextEncoder().encode("count\n")],
    ["a header without a shape", new TextEncoder().encode('{"count":0}\n')],
    ["two channels", new TextEncoder().encode('{"count":1,"width":1,"height":1,"channels":2}\nab')],
    ["a missing byte", packImages(images).slice(0, -1)],
    ["an extra byte", Uint8Array.of(...packImages(images), 0)],
  ])("are refused with %s", (_what, bytes) => {
    expect(() => unpackImages(bytes)).toThrow(expect.objectContaining({ code: "CORRUPT_DATA" }));
  });
});
