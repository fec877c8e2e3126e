/** MNIST as digits: 60,000 for training, 10,000 for testing, 28 x 28 grey bytes each, white on black. */
import { AppError } from "@pareidolia/core/appError";
import { type CacheOptions, readCachedFile } from "../../cache.ts";
import { mnistFile } from "./files.ts";
import { parseIdx } from "./idx.ts";

export interface DigitSet {
  readonly count: number;
  /** `count` images of `digitPixels` bytes, one after another. */
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
  /** SHA-256 of the uncompressed files. */
  readonly hashes: { readonly images: string; readonly labels: string };
}

export const digitSide = 28;
export const digitPixels = digitSide * digitSide;

/** @throws AppError CORRUPT_DATA or UNAVAILABLE, as `readCachedFile`. */
export async function readMnist(part: "train" | "t10k", options: CacheOptions): Promise<DigitSet> {
  const imageFile = mnistFile(`${part}-images-idx3-ubyte`);
  const labelFile = mnistFile(`${part}-labels-idx1-ubyte`);
  const images = parseIdx(await readCachedFile(imageFile, options));
  const labels = parseIdx(await readCachedFile(labelFile, options));
  const [count = 0, height, width] = images.dims;
  if (height !== digitSide || width !== digitSide || labels.dims.length !== 1 || labels.dims[0] !== count)
    throw new AppError("CORRUPT_DATA", `MNIST's ${part} files do not belong together.`);
  return { count, images: images.values, labels: labels.values, hashes: { images: imageFile.sha256, labels: labelFile.sha256 } };
}

/** The first `size` digits and the rest, as views. */
export function splitDigits(digits: DigitSet, size: number): readonly [DigitSet, DigitSet] {
  const part = (from: number, to: number): DigitSet => ({
    count: to - from,
    images: digits.images.subarray(from * digitPixels, to * digitPixels),
    labels: digits.labels.subarray(from, to),
    hashes: digits.hashes,
  });
  return [part(0, size), part(size, digits.count)];
}
