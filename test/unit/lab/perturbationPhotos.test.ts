/** The photographs of the perturbation experiment. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { photoFor, readPhotos } from "@pareidolia/lab/experiments/perturbationPhotos";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pareidolia-photos-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** 24 bits, bottom row first, rows padded to four bytes, blue before red. */
function bitmap(width: number, height: number, colourAt: (x: number, y: number) => readonly [number, number, number]): Buffer {
  const stride = Math.ceil((width * 3) / 4) * 4;
  const bytes = Buffer.alloc(54 + stride * height);
  bytes.write("BM", "latin1");
  bytes.writeUInt32LE(54, 10);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) bytes.set(colourAt(x, y).toReversed(), 54 + (height - 1 - y) * stride + x * 3);
  return bytes;
}

describe("photographs for the perturbation experiment", () => {
  it("are the central squares of the folder's BMP files, in RGB", async () => {
    await mkdir(join(folder, "photos"));
    await writeFile(
      join(folder, "photos", "b.bmp"),
      bitmap(7, 3, (x, y) => [10 * x, 20 * y, 200]),
    );
    await writeFile(
      join(folder, "photos", "a.BMP"),
      bitmap(2, 2, () => [1, 2, 3]),
    );
    await writeFile(join(folder, "photos", "notes.txt"), "no image");
    const [first, second] = await readPhotos(folder);
    expect([first?.name, second?.name]).toEqual(["a.BMP", "b.bmp"]);
    expect([...(first?.image.pixels.slice(0, 3) ?? [])]).toEqual([1, 2, 3]);
    expect(second?.image).toMatchObject({ width: 3, height: 3, channels: 3 });
    expect([...(second?.image.pixels.slice(0, 6) ?? [])]).toEqual([20, 0, 200, 30, 0, 200]);
    expect([...(second?.image.pixels.slice(-3) ?? [])]).toEqual([40, 40, 200]);
  });

  it("are reduced to a network's size by averaging, without skipping pixels", async () => {
    await mkdir(join(folder, "photos"));
    await writeFile(
      join(folder, "photos", "checks.bmp"),
      bitmap(16, 16, (x, y) => ((x + y) % 2 === 0 ? [0, 0, 0] : [200, 200, 200])),
    );
    const [photo] = await readPhotos(folder);
    const small = photo === undefined ? null : photoFor(photo, { width: 4, height: 4, channels: 3 });
    expect(small?.pixels.every((value) => value === 100)).toBe(true);
  });

  it("are empty without a folder, and a file in another format is reported", async () => {
    expect(await readPhotos(folder)).toEqual([]);
    await mkdir(join(folder, "photos"));
    await writeFile(join(folder, "photos", "broken.bmp"), "BM, but not an image");
    await expect(readPhotos(folder)).rejects.toThrow("broken.bmp must be an uncompressed BMP");
  });
});
