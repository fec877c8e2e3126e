import { parseIdx } from "@pareidolia/classifiers/data/mnist/idx";
import { describe, expect, it } from "vitest";

function idx(dims: readonly number[], values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 + dims.length * 4 + values.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x0800 + dims.length);
  for (const [axis, size] of dims.entries()) view.setUint32(4 + axis * 4, size);
  bytes.set(values, 4 + dims.length * 4);
  return bytes;
}

describe("the IDX reader", () => {
  it("returns the sizes and values of a valid file, at any offset in memory", () => {
    const file = idx([2, 1, 3], [1, 2, 3, 4, 5, 255]);
    const moved = new Uint8Array(file.length + 3);
    moved.set(file, 3);
    expect(parseIdx(moved.subarray(3))).toEqual({ dims: [2, 1, 3], values: Uint8Array.of(1, 2, 3, 4, 5, 255) });
  });

  it("refuses a file of any other length", () => {
    const file = idx([2, 2], [1, 2, 3, 4]);
    for (let length = 0; length < file.length; length++)
      expect(() => parseIdx(file.subarray(0, length)), `${length} bytes`).toThrow(expect.objectContaining({ code: "CORRUPT_DATA" }));
    const longer = new Uint8Array(file.length + 1);
    longer.set(file);
    expect(() => parseIdx(longer)).toThrow(/declares 4 values, but 5 follow/);
  });

  it("refuses a header with a wrong size, without allocating that size", () => {
    expect(() => parseIdx(idx([0xffffffff, 0xffffffff, 0xffffffff], [1]))).toThrow(/declares/);
  });

  it("refuses other element types, other ranks and other formats", () => {
    for (const magic of [0x00000d03, 0x00000800, 0x00000804, 0x01000803, 0x1f8b0803]) {
      const file = idx([1], [1]);
      new DataView(file.buffer).setUint32(0, magic);
      expect(() => parseIdx(file), magic.toString(16)).toThrow(/magic number/);
    }
  });
});
