/** The picture that a run begins from, cut and scaled to what its network reads. */
import type { ByteImage, ImageShape } from "@pareidolia/core/image";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import { fitPhoto } from "@pareidolia/persistence/photos/fitPhoto";
import { decodePng } from "@pareidolia/persistence/png";

export async function openSource(sha256: string, shape: ImageShape, objectStore: ObjectStore): Promise<ByteImage> {
  return fitPhoto(decodePng(await objectStore.get(imageKey(sha256))), shape);
}
