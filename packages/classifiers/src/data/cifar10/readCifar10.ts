/** Reads CIFAR-10 from the cache's single batches if it has them, otherwise from the official archive. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { AppError } from "@pareidolia/core/appError";
import { type CacheOptions, readCachedFile } from "../../files/readCachedFile.ts";
import { sha256 } from "../../files/sha256.ts";
import type { LabelledImages } from "../labelledImages.ts";
import { type CifarPart, cifarArchive, cifarClasses, cifarParts, recordBytes } from "./files.ts";
import { readTarMember } from "./tar.ts";

export interface CifarSet extends LabelledImages {
  /** SHA-256 of each batch's content, by file name. */
  readonly hashes: Readonly<Record<string, string>>;
}

/** 20,000 images for training, 1,000 for testing. @throws AppError CORRUPT_DATA or UNAVAILABLE, like `readCachedFile`. */
export async function readCifar10(which: "train" | "test", options: CacheOptions): Promise<CifarSet> {
  const parts = cifarParts[which];
  const contents = parts.every((part) => existsSync(join(options.cacheFolder, ...part.single.path.split("/"))))
    ? await Promise.all(parts.map((part) => readCachedFile(part.single, options)))
    : await readFromArchive(parts, options);
  const records = Buffer.concat(contents);
  const count = records.length / recordBytes;
  const images = new Uint8Array(count * (recordBytes - 1));
  const labels = new Uint8Array(count);
  for (let record = 0; record < count; record++) {
    const start = record * recordBytes;
    labels[record] = records[start] as number;
    images.set(records.subarray(start + 1, start + recordBytes), record * (recordBytes - 1));
  }
  return {
    shape: { width: 32, height: 32, channels: 3 },
    classes: cifarClasses.length,
    count,
    images,
    labels,
    hashes: Object.fromEntries(parts.map(({ single }) => [single.path.slice("data/cifar10/".length, -".gz".length), single.sha256])),
  };
}

async function readFromArchive(parts: readonly CifarPart[], options: CacheOptions): Promise<readonly Uint8Array[]> {
  const archive = await promisify(gunzip)(await readCachedFile(cifarArchive, options), { maxOutputLength: cifarArchive.maximumBytes });
  return parts.map((part) => {
    const content = readTarMember(archive, part.member).subarray(0, part.bytes);
    if (sha256(content) !== part.single.sha256)
      throw new AppError(
        "CORRUPT_DATA",
        `${part.member} in ${cifarArchive.path} does not have the expected SHA-256. Delete the archive, and it will be downloaded again.`,
      );
    return content;
  });
}
