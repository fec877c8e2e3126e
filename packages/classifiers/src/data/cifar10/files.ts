/**
 * CIFAR-10 (Krizhevsky 2009, "Learning multiple layers of features from tiny images") in its official binary layout. It is downloaded
 * as one archive; a cache may instead hold single batches, gzipped, with the same content and hashes as in the archive. Training uses
 * the first two batches, testing the first 1,000 test images.
 */
import type { CachedFile } from "../../files/readCachedFile.ts";

export interface CifarPart {
  /** The gzipped batch in the cache, if the cache holds single batches. */
  readonly single: CachedFile;
  /** The path in the archive; only its first `bytes` are used. */
  readonly member: string;
  readonly bytes: number;
}

export const cifarClasses = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"] as const;
/** A byte with the label, then the red, green and blue planes of 32 x 32. */
export const recordBytes = 1 + 3 * 32 * 32;

export const cifarArchive: CachedFile = {
  path: "data/cifar10/cifar-10-binary.tar.gz",
  urls: ["https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"],
  compressed: false,
  sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
  maximumBytes: 256 * 2 ** 20,
};

export const cifarParts: Readonly<Record<"train" | "test", readonly CifarPart[]>> = {
  train: [
    part("data_batch_1.bin", "data_batch_1.bin", 10_000, "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
    part("data_batch_2.bin", "data_batch_2.bin", 10_000, "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
  ],
  test: [part("test_batch.bin", "test_batch_first1000.bin", 1000, "8314c96d7cd65618193bab23acdd5d4c4af15bf6dd00a1781d55beedf3be1ef5")],
};

function part(member: string, single: string, images: number, sha256: string): CifarPart {
  return {
    member: `cifar-10-batches-bin/${member}`,
    bytes: images * recordBytes,
    single: { path: `data/cifar10/${single}.gz`, urls: [], compressed: true, sha256, maximumBytes: 64 * 2 ** 20 },
  };
}
