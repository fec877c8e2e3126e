/**
 * Real images to compare fooling images with: the data set's own test images where a network of ours was trained on one, else the
 * photographs that the workspace has.
 */
import { toByteImage } from "@pareidolia/classifiers/data/labelledImages";
import { ownModels } from "@pareidolia/classifiers/training/ownModels";
import { AppError } from "@pareidolia/core/appError";
import { type FloatImage, type ImageShape, toFloatImage } from "@pareidolia/core/image";
import { fitPhoto } from "@pareidolia/images/fitPhoto";
import { decodePng } from "@pareidolia/images/png";
import { imageKey } from "@pareidolia/persistence/objectStores/objectStore";
import { findPhotoImages } from "@pareidolia/persistence/photos/readPhotos";
import type { AnalysisContext } from "./analysisTask.ts";

/** Read one by one, since a photograph may be far larger than what is cut and scaled from it. */
export interface RealImages {
  readonly count: number;
  /** Of the shape that was asked for; `index` is from 0. */
  readonly read: (index: number) => Promise<FloatImage>;
}

const most = 500;
const mostPhotos = 100;
const fewest = 5;

/** @throws AppError CONFLICT when there are too few to say anything. */
export async function findRealImages(
  { slug, shape }: { readonly slug: string; readonly shape: ImageShape },
  { scope, database, objectStore, cacheFolder }: AnalysisContext,
): Promise<RealImages> {
  const own = ownModels.find(({ id }) => id === slug);
  if (own !== undefined) {
    const { test } = await own.dataSet.read({ cacheFolder });
    return {
      count: Math.min(most, test.count),
      read: async (index) => toFloatImage(await fitPhoto(toByteImage(test, index), shape)),
    };
  }
  const hashes = await findPhotoImages(database.connection, { scope, limit: mostPhotos });
  if (hashes.length < fewest)
    throw new AppError("CONFLICT", `Detectors need at least ${fewest} photographs of what the network knows. Upload some, then ask again.`);
  return {
    count: hashes.length,
    async read(index) {
      const photo = decodePng(await objectStore.get(imageKey(hashes[index] as string)));
      return toFloatImage(await fitPhoto(photo, shape));
    },
  };
}
