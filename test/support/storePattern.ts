/** A photo of every workspace, as the samples are, with a pattern of its own and another size than the test network's input. */
import { createHash } from "node:crypto";
import type { ByteImage } from "@pareidolia/core/image";
import { encodePng } from "@pareidolia/images/png";
import { createPhoto } from "@pareidolia/persistence/lab/photos/createPhoto";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";

/** Returns the hash of its image. */
export async function storePattern(database: Database, objectStore: ObjectStore): Promise<string> {
  const pixels = Uint8Array.from({ length: 24 * 16 * 3 }, (_, i) => (i * 37) % 256);
  const image: ByteImage = { width: 24, height: 16, channels: 3, pixels };
  const png = encodePng(image);
  const sha256 = createHash("sha256").update(png).digest("hex");
  await objectStore.put(imageKey(sha256), png, { contentType: "image/png" });
  const photo = { workspaceId: null, createdById: null, name: "A pattern", label: null, licence: "", source: "", idempotencyKey: null };
  await database.transaction((transaction) =>
    createPhoto(transaction, { ...photo, image: { sha256, width: 24, height: 16, channels: 3, byteLength: png.length } }),
  );
  return sha256;
}
