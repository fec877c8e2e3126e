/** A sample photograph as it is stored, from the cache or downloaded. */
import { createHash } from "node:crypto";
import { readCachedFile } from "@pareidolia/classifiers/files/readCachedFile";
import type { ByteImage } from "@pareidolia/core/image";
import { decodePhoto } from "@pareidolia/images/decodePhoto";
import { encodePng } from "@pareidolia/images/png";
import type { SamplePhoto } from "./samplePhotos.ts";

export interface ReadSample {
  readonly pixels: ByteImage;
  readonly png: Uint8Array;
  readonly sha256: string;
}

const idleTimeoutSeconds = 10;

/** @throws AppError UNAVAILABLE if its file is not in the cache and cannot be downloaded. */
export async function readSamplePhoto({ file }: SamplePhoto, cacheFolder: string): Promise<ReadSample> {
  const pixels = await decodePhoto(await readCachedFile(file, { cacheFolder, idleTimeoutSeconds }));
  const png = encodePng(pixels);
  return { pixels, png, sha256: createHash("sha256").update(png).digest("hex") };
}
