/** Stores the sample photographs, from the cache or downloaded. Photographs that cannot be downloaded are tried again at the next start. */
import { AppError } from "@pareidolia/core/appError";
import { createPhoto } from "@pareidolia/persistence/lab/photos/createPhoto";
import { findPhotos } from "@pareidolia/persistence/lab/photos/readPhotos";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { TaskLog } from "../taskLog.ts";
import { readSamplePhoto } from "./readSamplePhoto.ts";
import { type SamplePhoto, samplePhotos } from "./samplePhotos.ts";

export interface SamplePhotoOptions {
  readonly database: Database;
  readonly objectStore: ObjectStore;
  readonly cacheFolder: string;
  readonly log: TaskLog;
  readonly stop: AbortSignal;
}

async function store(sample: SamplePhoto, { database, objectStore, cacheFolder }: SamplePhotoOptions): Promise<void> {
  const { pixels, png, sha256 } = await readSamplePhoto(sample, cacheFolder);
  await objectStore.put(imageKey(sha256), png, { contentType: "image/png" });
  const { id, name, label, licence, source } = sample;
  const { width, height, channels } = pixels;
  const image = { sha256, width, height, channels, byteLength: png.length };
  await database.transaction((transaction) =>
    createPhoto(transaction, { id, workspaceId: null, createdById: null, name, label, licence, source, image, idempotencyKey: null }),
  );
}

export async function storeSamplePhotos(options: SamplePhotoOptions): Promise<void> {
  const { database, log, stop } = options;
  const present = await findPhotos(
    database.connection,
    samplePhotos.map(({ id }) => id),
  );
  for (const [i, sample] of samplePhotos.entries()) {
    if (stop.aborted) return;
    if (present[i] != null) continue;
    try {
      await store(sample, options);
    } catch (error) {
      log.info({ photo: sample.name, reason: error instanceof AppError ? error.message : error }, "sample photo is not available yet");
      // All come from one server, so the others would fail too.
      if (error instanceof AppError && error.code === "UNAVAILABLE") return;
    }
  }
}
