/** Reads a file of the tests' cache: downloaded, verified and stored as by the product if it has a public address. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { type CachedFile, readCachedFile } from "@pareidolia/classifiers/files/readCachedFile";
import { zooManifest } from "@pareidolia/classifiers/zoo/manifest";
import { AppError } from "@pareidolia/core/appError";
import { samplePhotos } from "@pareidolia/workers/photos/samplePhotos";
import { sharedCacheFolder } from "./sharedCache.ts";

const published: readonly CachedFile[] = [
  ...samplePhotos.map(({ file }) => file),
  ...zooManifest.flatMap(({ file }) => (file.kind === "downloaded" ? [file] : [])),
  ...zooManifest.flatMap(({ labels }) => (labels.kind === "downloaded" ? [labels.file] : [])),
];

/** @param place relative to the cache. @throws AppError UNAVAILABLE if it is not there and cannot be downloaded. */
export async function readShared(place: string): Promise<Buffer> {
  const cacheFolder = sharedCacheFolder();
  const file = published.find((each) => each.path === place);
  if (file !== undefined) return Buffer.from(await readCachedFile(file, { cacheFolder }));
  return readFile(path.join(cacheFolder, place)).catch((cause: unknown) => {
    throw new AppError("UNAVAILABLE", `${place} could not be downloaded. It has no public address.`, { cause });
  });
}
