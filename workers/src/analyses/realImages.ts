/**
 * Real images to compare fooling images with: the data set's own test images where a network of ours was trained on one, else the
 * photographs that the workspace has.
 */
import { toPicture } from "@pareidolia/classifiers/data/labelledImages";
import { ownModels } from "@pareidolia/classifiers/training/ownModels";
import { AppError } from "@pareidolia/core/appError";
import { type FloatImage, type ImageShape, toFloatImage } from "@pareidolia/core/image";
import { imageKey } from "@pareidolia/persistence/objectStores/objectStore";
import { fitPhoto } from "@pareidolia/persistence/photos/fitPhoto";
import { decodePng } from "@pareidolia/persistence/png";
import { listPhotos } from "@pareidolia/persistence/queries/photoQueries";
import type { AnalysisContext } from "./analysisKind.ts";

const most = 500;
const mostPhotos = 100;
const fewest = 5;

/** @throws AppError CONFLICT when there are too few to say anything. */
export async function readRealImages(
  { slug, workspaceId, shape }: { readonly slug: string; readonly workspaceId: string; readonly shape: ImageShape },
  { database, objectStore, cacheFolder }: AnalysisContext,
): Promise<FloatImage[]> {
  const own = ownModels.find(({ id }) => id === slug);
  if (own !== undefined) {
    const { test } = await own.dataSet.read({ cacheFolder });
    return Array.from({ length: Math.min(most, test.count) }, (_, i) => toFloatImage(toPicture(test, i)));
  }
  const page = { limit: mostPhotos, backward: false, after: null, before: null };
  const { rows } = await listPhotos(database.connection, { workspaceId, page });
  if (rows.length < fewest)
    throw new AppError("CONFLICT", `Detectors need at least ${fewest} photographs of what the network knows. Upload some, then ask again.`);
  return Promise.all(
    rows.map(async ({ node }) => toFloatImage(await fitPhoto(decodePng(await objectStore.get(imageKey(node.image.sha256))), shape))),
  );
}
