/** Replaces a draft's images with the ones drawn by its rules. */
import { studyImageRoles } from "@pareidolia/core/studyState";
import { writeImages } from "@pareidolia/persistence/lab/images/writeImages";
import type { Transaction } from "@pareidolia/persistence/server/database/database";
import { replaceStudyImages } from "@pareidolia/persistence/studies/studies/studyImages";
import type { DrawnImages } from "./drawStudyImages.ts";

export async function writeDrawnImages(transaction: Transaction, studyId: string, { images, noiseImages }: DrawnImages): Promise<void> {
  await writeImages(
    transaction.connection,
    noiseImages.map((image) => ({ image })),
  );
  for (const role of studyImageRoles) await replaceStudyImages(transaction, { studyId, role, images: images[role] });
}
