import { deflateSync } from "node:zlib";
import { encodePng } from "@pareidolia/images/png";
import { describe, expect, it } from "vitest";
import { compareImages } from "../../../../apps/web/src/features/elite/compareImages.ts";
import { readStoredPixels } from "../../../../apps/web/src/features/result/storedPixels.ts";

const noise = (count: number) => Uint8Array.from({ length: count }, (_, i) => (Math.imul(i + 1, 2654435761) >>> 13) & 255);

function chunk(kind: string, data: Uint8Array): Buffer {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(kind, 4, "latin1");
  bytes.set(data, 8);
  return bytes;
}

/** A grey PNG, 4 wide and 5 high, whose rows use the five filters in turn. */
function filteredPng(pixels: Uint8Array): Uint8Array<ArrayBuffer> {
  const [width, height] = [4, 5];
  const at = (row: number, column: number) => (row < 0 || column < 0 ? 0 : (pixels[row * width + column] as number));
  const guesses = [
    () => 0,
    (left: number) => left,
    (_left: number, up: number) => up,
    (left: number, up: number) => (left + up) >> 1,
    (left: number, up: number, corner: number) =>
      [left, up, corner].sort((a, b) => Math.abs(left + up - corner - a) - Math.abs(left + up - corner - b))[0] as number,
  ];
  const lines = new Uint8Array(height * (width + 1));
  for (let row = 0; row < height; row++) {
    lines[row * (width + 1)] = row;
    for (let column = 0; column < width; column++)
      lines[row * (width + 1) + 1 + column] =
        at(row, column) -
        (guesses[row] as (...near: number[]) => number)(at(row, column - 1), at(row - 1, column), at(row - 1, column - 1));
  }
  const header = Buffer.from([0, 0, 0, width, 0, 0, 0, height, 8, 0, 0, 0, 0]);
  const parts = [
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(lines)),
    chunk("IEND", Buffer.alloc(0)),
  ];
  return Uint8Array.from(Buffer.concat(parts));
}

describe("readStoredPixels", () => {
  it.each([1, 3] as const)("reads a stored image with %i channels unchanged", async (channels) => {
    const image = { width: 7, height: 5, channels, pixels: noise(35 * channels) };
    expect(compareImages(await readStoredPixels(Uint8Array.from(encodePng(image))), image)).toEqual({
      kind: "identical",
      bytes: 35 * channels,
    });
  });

  it("undoes all five row filters", async () => {
    const pixels = noise(20);
    expect((await readStoredPixels(filteredPng(pixels))).pixels).toEqual(pixels);
  });

  it("rejects a file that is not a PNG", async () => {
    await expect(readStoredPixels(new Uint8Array(40))).rejects.toThrow("not a PNG");
  });
});

describe("compareImages", () => {
  const image = { width: 2, height: 2, channels: 1, pixels: Uint8Array.of(0, 10, 20, 30) } as const;

  it("counts the bytes that differ, and returns the largest difference", () => {
    expect(compareImages({ ...image, pixels: Uint8Array.of(0, 13, 20, 29) }, image)).toEqual({
      kind: "different",
      count: 2,
      bytes: 4,
      largest: 3,
    });
  });

  it("does not compare images of different shapes", () => {
    expect(compareImages({ ...image, width: 4, height: 1 }, image)).toEqual({ kind: "shape" });
  });
});
