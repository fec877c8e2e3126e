/**
 * Real images to compare fooling images with: test images of the data set for networks that were trained here, and the workspace's
 * photographs for all others.
 */
import { toByteImage } from "@pareidolia/classifiers/data/labelledImages";
import { ownModels } from "@pareidolia/classifiers/training/ownModels";
import { AppError } from "@pareidolia/core/appError";
import { type FloatImage, type ImageShape, toFloatImage } from "@pareidolia/core/image";
import { fitPhoto } from "@pareidolia/images/fitPhoto";
import { decodePng } from "@pareidolia/images/png";
import { findPhotoImages } from "@pareidolia/persistence/lab/photos/readPhotos";
import { imageKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { AnalysisContext } from "./analysisTask.ts";

/** Images are read one by one, since a photograph may be far larger than the image that is cropped and scaled from it. */
export interface RealImages {
  readonly count: number;
  /** Returns the image at `index`, from 0, in the requested shape. */
  readonly read: (index: number) => Promise<FloatImage>;
}

const maxTestImages = 500;
const maxPhotos = 100;
const fewestPhotos = 5;

/** Whether the real images are a data set. Members add and remove photographs, and later results may differ. */
export function areRealImagesFixed(slug: string): boolean {
  return ownModels.some(({ id }) => id === slug);
}

/** @throws AppError CONFLICT if the workspace has too few photographs for a comparison. */
export async function findRealImages(
  { slug, shape }: { readonly slug: string; readonly shape: ImageShape },
  { scope, database, objectStore, cacheFolder }: AnalysisContext,
): Promise<RealImages> {
  const own = ownModels.find(({ id }) => id === slug);
  if (own !== undefined) {
    const { test } = await own.dataSet.read({ cacheFolder });
    return {
      count: Math.min(maxTestImages, test.count),
      read: async (index) => toFloatImage(await fitPhoto(toByteImage(test, index), shape)),
    };
  }
  const hashes = await findPhotoImages(database.connection, { scope, limit: maxPhotos });
  if (hashes.length < fewestPhotos)
    throw new AppError(
      "CONFLICT",
      `Detectors need at least ${fewestPhotos} photographs of the network's classes. Upload more, then start the analysis again.`,
    );
  return {
    count: hashes.length,
    async read(index) {
      const photo = decodePng(await objectStore.get(imageKey(hashes[index] as string)));
      return toFloatImage(await fitPhoto(photo, shape));
    },
  };
}
