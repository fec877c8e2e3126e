/** Arrays that NumPy wrote (fixtures/makeFixtures.py), and hostile ones. */
import { readFile } from "node:fs/promises";
import { isNpy, readNpy } from "@pareidolia/exchange/imports/npy";
import { openForeign } from "@pareidolia/exchange/imports/openForeign";
import { describe, expect, it } from "vitest";
import { fixture, imagesOf, noImage } from "./fixture.ts";
import { writeNpy } from "./writeNpy.ts";

/** The value that makeFixtures.py gives a place of an image. */
function valueAt(image: number, y: number, x: number, channel: number): number {
  return (image * 50 + y * 20 + x * 3 + channel) % 256;
}

function expectColours({ image }: { readonly image: { readonly pixels: Uint8Array } }, index: number): void {
  for (let y = 0; y < 4; y++)
    for (let x = 0; x < 5; x++)
      for (let channel = 0; channel < 3; channel++) expect(image.pixels[(y * 5 + x) * 3 + channel]).toBe(valueAt(index, y, x, channel));
}

describe("NumPy arrays", () => {
  it.each(["colour.npy", "fortran.npy"])("reads the images of %s in the order of rows, columns and channels", async (name) => {
    const data = await openForeign({ bytes: await fixture(name), fileName: name }, noImage);
    const images = await imagesOf(data);
    expect(data.format).toBe("numpy");
    expect(images.map(({ image: { width, height, channels } }) => [width, height, channels])).toEqual(Array(3).fill([5, 4, 3]));
    for (const [index, image] of images.entries()) expectColours(image, index);
  });

  it("reads channels first, floats of 0 to 1, classes, and the confidence of each class", async () => {
    const data = await openForeign({ bytes: await fixture("labelled.npz"), fileName: "labelled.npz" }, noImage);
    const images = await imagesOf(data);
    for (const [index, image] of images.entries()) expectColours(image, index);
    expect(images.map(({ niche }) => niche)).toEqual([7, 0, 3]);
    expect(images.map(({ claimed }) => claimed)).toEqual([0.1, 0.9, 0.99]);
    expect(data.unmapped).toEqual(["extra"]);
    expect(data.warnings.join(" ")).toContain("grey levels of 0 to 1");
  });

  it("skips an image with a value that is not a number, and reads labels in Unicode", async () => {
    const data = await openForeign({ bytes: await fixture("broken.npz"), fileName: "broken.npz" }, noImage);
    const skipped: string[] = [];
    const images = await imagesOf(data, (what) => skipped.push(what));
    expect(images.map(({ label }) => label)).toEqual(["cat"]);
    expect(skipped).toEqual(['image 1 of "images"']);
  });

  it("refuses arrays of Python objects and pickles", async () => {
    await expect(openForeign({ bytes: await fixture("objects.npy"), fileName: "x.npy" }, noImage)).rejects.toThrow(/allow_pickle=False/);
    const pickle = Uint8Array.of(0x80, 4, 0x95, 0, 0);
    await expect(openForeign({ bytes: pickle, fileName: "x.npy" }, noImage)).rejects.toThrow(/is a pickle, which is a program/);
  });

  it("refuses a shape that the size of the file contradicts, without allocating it", () => {
    const huge = writeNpy({ descr: "|u1", shape: [1_000_000, 1_000, 1_000], data: new Uint8Array(8) });
    expect(() => readNpy(huge, "huge")).toThrow(/does not match its size/);
    const overflow = writeNpy({ descr: "<f8", shape: [2 ** 31, 2 ** 31, 4], data: new Uint8Array(8) });
    expect(() => readNpy(overflow, "overflow")).toThrow(/does not match its size/);
  });

  it.each([
    ["a header that is code", "{'descr': __import__('os').system('true'), 'shape': (1,)}"],
    ["a header without an end", "{'descr': '|u1', 'fortran_order': False, 'shape': (1,"],
    ["a deeply nested header", "[".repeat(100)],
    ["a negative side", "{'descr': '|u1', 'fortran_order': False, 'shape': (-1, 2, 2), }"],
    ["several fields", "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }"],
    ["an unknown type", "{'descr': '<M8', 'fortran_order': False, 'shape': (1,), }"],
  ])("refuses %s", (_, header) => {
    const file = writeNpy({ header, data: new Uint8Array(4) });
    expect(isNpy(file)).toBe(true);
    expect(() => readNpy(file, "hostile")).toThrow(/cannot be imported/);
  });

  it("refuses values that are no grey levels, and images that are too large", async () => {
    const wide = writeNpy({ descr: "|u1", shape: [1, 2, 5_000], data: new Uint8Array(10_000) });
    await expect(openForeign({ bytes: wide, fileName: "x" }, noImage)).rejects.toThrow(/5000 x 2 pixels/);
    const data = new Uint8Array(new Float32Array(64).fill(1_000).buffer);
    const loud = writeNpy({ descr: "<f4", shape: [1, 8, 8], data });
    await expect(openForeign({ bytes: loud, fileName: "x" }, noImage)).rejects.toThrow(/which are not grey levels/);
  });

  it("names another file of the same folder as no array", async () => {
    expect(isNpy(await readFile(new URL("fixtures/makeFixtures.py", import.meta.url)))).toBe(false);
  });
});
