/** Reads a lost sample photograph again, from the cache or by a download, and verifies it by its hash. */

import { findPhotos } from "@pareidolia/persistence/lab/photos/readPhotos";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { readSamplePhoto } from "../photos/readSamplePhoto.ts";
import { samplePhotos } from "../photos/samplePhotos.ts";

/**
 * Null if the image is of no sample photograph, or if this version stores it as other bytes.
 * @throws AppError UNAVAILABLE if its file cannot be read.
 */
export async function rereadSample(connection: Connection, sha256: string, cacheFolder: string): Promise<Uint8Array | null> {
  const stored = await findPhotos(
    connection,
    samplePhotos.map(({ id }) => id),
  );
  const sample = samplePhotos.find((_, at) => stored[at]?.image.sha256 === sha256);
  if (sample === undefined) return null;
  const found = await readSamplePhoto(sample, cacheFolder);
  return found.sha256 === sha256 ? found.png : null;
}
