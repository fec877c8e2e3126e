/** Reads MNIST: 60,000 digits for training and 10,000 for testing, 28 x 28 grey bytes each, white on black. */
import { AppError } from "@pareidolia/core/appError";
import { type CacheOptions, readCachedFile } from "../../files/readCachedFile.ts";
import type { LabelledImages } from "../labelledImages.ts";
import { mnistFile } from "./files.ts";
import { parseIdx } from "./idx.ts";

export interface DigitSet extends LabelledImages {
  /** SHA-256 of the uncompressed files. */
  readonly hashes: { readonly images: string; readonly labels: string };
}

const shape = { width: 28, height: 28, channels: 1 } as const;

/** @throws AppError CORRUPT_DATA or UNAVAILABLE, like `readCachedFile`. */
export async function readMnist(part: "train" | "t10k", options: CacheOptions): Promise<DigitSet> {
  const imageFile = mnistFile(`${part}-images-idx3-ubyte`);
  const labelFile = mnistFile(`${part}-labels-idx1-ubyte`);
  const images = parseIdx(await readCachedFile(imageFile, options));
  const labels = parseIdx(await readCachedFile(labelFile, options));
  const [count = 0, height, width] = images.dims;
  if (height !== shape.height || width !== shape.width || labels.dims.length !== 1 || labels.dims[0] !== count)
    throw new AppError(
      "CORRUPT_DATA",
      `MNIST's ${part} images and labels do not match. Delete the files from the cache folder, and they will be downloaded again.`,
    );
  return {
    shape,
    classes: 10,
    count,
    images: images.values,
    labels: labels.values,
    hashes: { images: imageFile.sha256, labels: labelFile.sha256 },
  };
}
