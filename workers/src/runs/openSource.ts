/** The image that a run begins from, cut and scaled to what its network reads. */
import type { ByteImage, ImageShape } from "@pareidolia/core/image";
import { readPlanCrop } from "@pareidolia/core/sourceCrop";
import { fitPhoto } from "@pareidolia/images/fitPhoto";
import { decodePng } from "@pareidolia/images/png";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import type { ClaimedRun } from "@pareidolia/persistence/runs/claimRun";

/** Null where the run begins from no image. */
export async function openSource(
  { sourceSha256, plan }: Pick<ClaimedRun, "sourceSha256" | "plan">,
  shape: ImageShape,
  objectStore: ObjectStore,
): Promise<ByteImage | null> {
  if (sourceSha256 === null) return null;
  return fitPhoto(decodePng(await objectStore.get(imageKey(sourceSha256))), shape, readPlanCrop(plan["crop"]));
}
