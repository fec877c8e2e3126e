/**
 * Scores stored images by several models, batch by batch. Each batch's scores are stored at once, so a repeated analysis computes only
 * the missing scores.
 */
import type { ScoredImages } from "@pareidolia/analysis/kinds/scoredImages";
import { AppError } from "@pareidolia/core/appError";
import { type ByteImage, toFloatImage } from "@pareidolia/core/image";
import type { Framing } from "@pareidolia/core/preprocessing";
import { fitPhoto } from "@pareidolia/images/fitPhoto";
import { decodePng } from "@pareidolia/images/png";
import { findModels, type ModelRecord } from "@pareidolia/persistence/lab/models/readModels";
import { writeScores } from "@pareidolia/persistence/lab/scores/writeScores";
import { imageKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { findStoreOutage } from "@pareidolia/persistence/server/objectStores/storeOutage";
import { modelToOpen } from "../classifierShelf.ts";
import type { AnalysisContext } from "./analysisTask.ts";

const batchSize = 32;
/** A square image up to this many times the size of a network's input is cropped to its centre, as in a test; others are scaled. */
const maxCroppedRatio = 1.25;

export function framingOf({ width, height }: ByteImage, model: Pick<ModelRecord, "width" | "height">): Framing {
  const side = Math.max(model.width, model.height);
  const isCropped = width === height && width > side && width <= side * maxCroppedRatio;
  return isCropped ? { kind: "crops", count: 1, imageSize: width } : { kind: "whole" };
}

interface StoredImage {
  readonly sha256: string;
  readonly image: ByteImage;
}

/** Skips images that the store has lost. */
async function loadImages(hashes: readonly string[], { objectStore }: AnalysisContext): Promise<readonly StoredImage[]> {
  const loaded = await Promise.all(
    hashes.map(async (sha256) => {
      try {
        return [{ sha256, image: decodePng(await objectStore.get(imageKey(sha256))) }];
      } catch (error) {
        if (error instanceof AppError && error.code === "NOT_FOUND") return [];
        throw error;
      }
    }),
  );
  return loaded.flat();
}

async function scoreBatch(images: readonly StoredImage[], model: ModelRecord, context: AnalysisContext): Promise<void> {
  const { database, openClassifier, signal } = context;
  const framings = images.map(({ image }) => JSON.stringify(framingOf(image, model)));
  for (const framing of new Set(framings)) {
    const group = images.filter((_, i) => framings[i] === framing);
    const classifier = await openClassifier(modelToOpen(model, JSON.parse(framing) as Framing));
    const fitted = await Promise.all(group.map(({ image }) => fitPhoto(image, classifier.input)));
    const { probabilities, classes } = await classifier.predict(fitted.map(toFloatImage), signal);
    await writeScores(
      database.connection,
      model.id,
      group.map(({ sha256 }, i) => ({ image: { sha256 }, probabilities: probabilities.slice(i * classes, (i + 1) * classes) })),
    );
  }
}

/** Why to skip a model's remaining images; null for an error that would affect the other models too. */
async function reasonToSkip(error: unknown, model: ModelRecord, { database, signal }: AnalysisContext): Promise<string | null> {
  if (signal.aborted || findStoreOutage(error) !== null) return null;
  if (error instanceof AppError) return error.message;
  const [found] = await findModels(database.connection, [model.id]);
  return found === null ? "This model was deleted." : null;
}

export interface ImagesToScore {
  readonly model: ModelRecord;
  readonly hashes: readonly string[];
}

export async function scoreImages(imagesToScore: readonly ImagesToScore[], context: AnalysisContext): Promise<ScoredImages> {
  const total = imagesToScore.reduce((sum, { hashes }) => sum + hashes.length, 0);
  let done = 0;
  const skipped: { modelId: string; name: string; reason: string }[] = [];
  for (const { model, hashes } of imagesToScore)
    try {
      for (let from = 0; from < hashes.length; from += batchSize) {
        context.signal.throwIfAborted();
        const images = await loadImages(hashes.slice(from, from + batchSize), context);
        await scoreBatch(images, model, context);
        done += images.length;
        await context.report({ done, total });
      }
    } catch (error) {
      // A model that cannot be opened must not keep the others from scoring.
      const reason = await reasonToSkip(error, model, context);
      if (reason === null) throw error;
      skipped.push({ modelId: model.id, name: model.name, reason });
    }
  return { scored: done, models: imagesToScore.length, skipped };
}
