import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { cifar10 } from "@pareidolia/classifiers/data/cifar10/cifar10";
import { cifarArchive } from "@pareidolia/classifiers/data/cifar10/files";
import { readCifar10 } from "@pareidolia/classifiers/data/cifar10/readCifar10";
import { readTarMember } from "@pareidolia/classifiers/data/cifar10/tar";
import { toByteImage } from "@pareidolia/classifiers/data/labelledImages";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sharedCacheFolder } from "../../support/sharedCache.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-cifar-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A tar archive of these files, as `tar --format=ustar` writes it. */
function tar(files: Readonly<Record<string, Uint8Array>>): Buffer {
  const blocks: Buffer[] = [];
  for (const [name, content] of Object.entries(files)) {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write(`${content.length.toString(8).padStart(11, "0")}\0`, 124);
    header.write("ustar\0", 257);
    blocks.push(header, Buffer.from(content), Buffer.alloc((512 - (content.length % 512)) % 512));
  }
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

describe("a tar archive", () => {
  const archive = tar({ "set/": new Uint8Array(), "set/a.bin": Uint8Array.of(1, 2, 3), "set/b.bin": new Uint8Array(700).fill(7) });

  it("returns files of any size by name", () => {
    expect([...readTarMember(archive, "set/a.bin")]).toEqual([1, 2, 3]);
    expect([...readTarMember(archive, "set/b.bin")]).toEqual(Array(700).fill(7));
  });

  it("is refused if the file is missing or truncated", () => {
    expect(() => readTarMember(archive, "set/c.bin")).toThrow("no complete file set/c.bin");
    expect(() => readTarMember(archive.subarray(0, 512 * 4), "set/b.bin")).toThrow("no complete file");
    expect(() => readTarMember(new Uint8Array(2000).fill(255), "set/a.bin")).toThrow("no complete file");
  });
});

describe("CIFAR-10", () => {
  it("is read from the cache's batches: 20,000 training images of ten classes, 1,000 test images", async () => {
    const { fitted, validation, test, centring } = await cifar10.read({ cacheFolder: sharedCacheFolder() });
    expect([fitted.count, validation.count, test.count]).toEqual([18_000, 2000, 1000]);
    for (const set of [fitted, test]) {
      const counts = new Array<number>(10).fill(0);
      for (const label of set.labels) counts[label] = (counts[label] ?? 0) + 1;
      expect(Math.min(...counts)).toBeGreaterThan(set.count / 13);
      expect(counts.reduce((a, b) => a + b)).toBe(set.count);
    }
    // Published means of the whole training set are 125.3, 123.0 and 113.9.
    for (const [channel, mean] of [125.3, 123, 113.9].entries()) expect(Math.abs((centring.mean[channel] ?? 0) - mean)).toBeLessThan(1.5);
  });

  it("has colour planes in the file and interleaved channels in an image: the first test image is a cat with a brown first pixel", async () => {
    const { labels, ...test } = await readCifar10("test", { cacheFolder: sharedCacheFolder() });
    expect(cifar10.labels[labels[0] ?? -1]).toBe("cat");
    const image = toByteImage({ ...test, labels }, 0);
    expect([...image.pixels.subarray(0, 3)]).toEqual([test.images[0], test.images[1024], test.images[2048]]);
    expect([...image.pixels.subarray(0, 3)]).toEqual([158, 112, 49]);
  });

  it("reports the archive in the cache if its content is wrong", async () => {
    const place = path.join(folder, ...cifarArchive.path.split("/"));
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, gzipSync(tar({ "cifar-10-batches-bin/data_batch_1.bin": new Uint8Array(10) })));
    await expect(readCifar10("train", { cacheFolder: folder })).rejects.toMatchObject({
      code: "CORRUPT_DATA",
      message: expect.stringContaining("Delete it"),
    });
  });
});
