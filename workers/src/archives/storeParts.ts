/**
 * Stores an archive as objects of equal size, so that an archive of any size needs the memory of one part, no store needs multipart uploads,
 * and every part is checked against its hash whenever it is read.
 */
import { createHash } from "node:crypto";
import { fileKey, maxChecked, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { StoredPart } from "@pareidolia/persistence/server/objectStores/storedPart";

export interface StoredArchive {
  readonly sha256: string;
  readonly byteLength: number;
  readonly parts: readonly StoredPart[];
}

/** @param put stores an object, with retries. @param partBytes bytes of each part but the last; stores check parts of up to the default. */
export async function storeParts(
  archive: AsyncIterable<Uint8Array>,
  put: ObjectStore["put"],
  partBytes = maxChecked,
): Promise<StoredArchive> {
  const whole = createHash("sha256");
  const parts: StoredPart[] = [];
  let byteLength = 0;
  let part = new Uint8Array(partBytes);
  let used = 0;
  const store = async (): Promise<void> => {
    const bytes = part.subarray(0, used);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    await put(fileKey(sha256), bytes, { contentType: "application/octet-stream" });
    parts.push({ sha256, byteLength: used });
    part = new Uint8Array(partBytes);
    used = 0;
  };
  for await (const piece of archive) {
    whole.update(piece);
    byteLength += piece.length;
    for (let from = 0; from < piece.length; ) {
      const length = Math.min(piece.length - from, partBytes - used);
      part.set(piece.subarray(from, from + length), used);
      used += length;
      from += length;
      if (used === partBytes) await store();
    }
  }
  if (used > 0) await store();
  return { sha256: whole.digest("hex"), byteLength, parts };
}
