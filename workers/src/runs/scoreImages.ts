/**
 * Stores images and scores the stored bytes: encode as PNG, put, decode the PNG, predict. Objects are stored before rows, so that no row
 * references a missing object.
 */
import { createHash } from "node:crypto";
import type { Classifier } from "@pareidolia/core/classifier";
import { type ByteImage, toFloatImage } from "@pareidolia/core/image";
import { decodePng, encodePng } from "@pareidolia/images/png";
import type { ScoredImage } from "@pareidolia/persistence/lab/images/writeImages";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { type RetryOptions, withRetries } from "../withRetries.ts";

export interface ScoreOptions {
  readonly classifier: Classifier;
  readonly objectStore: Pick<ObjectStore, "put">;
  readonly retry: RetryOptions;
}

/** Returns scores in the order of `images`. Equal images are stored and scored once. */
export async function scoreImages(images: readonly ByteImage[], { classifier, objectStore, retry }: ScoreOptions): Promise<ScoredImage[]> {
  const encoded = images.map((image) => {
    const png = encodePng(image);
    return { image, png, sha256: createHash("sha256").update(png).digest("hex") };
  });
  const distinct = [...new Map(encoded.map((entry) => [entry.sha256, entry])).values()];
  if (distinct.length === 0) return [];
  for (const { sha256, png } of distinct)
    await withRetries(() => objectStore.put(imageKey(sha256), png, { contentType: "image/png" }), retry);
  const { probabilities, classes } = await classifier.predict(
    distinct.map(({ png }) => toFloatImage(decodePng(png))),
    retry.signal,
  );
  const rows = new Map(distinct.map(({ sha256 }, i) => [sha256, probabilities.slice(i * classes, (i + 1) * classes)]));
  return encoded.map(({ image: { width, height, channels }, png, sha256 }) => ({
    image: { sha256, width, height, channels, byteLength: png.length },
    probabilities: rows.get(sha256) as Float32Array,
  }));
}
