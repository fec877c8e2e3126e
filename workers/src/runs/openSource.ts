/** Loads a run's source image, cropped and scaled to the network's input. */
import type { ByteImage, ImageShape } from "@pareidolia/core/image";
import type { PlanSource } from "@pareidolia/core/runKinds/planSource";
import { fitPhoto } from "@pareidolia/images/fitPhoto";
import { decodePng } from "@pareidolia/images/png";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";

/** Null for a run without a source. */
export async function openSource(source: PlanSource | null, shape: ImageShape, objectStore: ObjectStore): Promise<ByteImage | null> {
  if (source === null) return null;
  return fitPhoto(decodePng(await objectStore.get(imageKey(source.sha256))), shape, source.crop);
}
