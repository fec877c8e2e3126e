/**
 * Has current elites scored by every available network of their label space that has not scored them yet. Scores are rows of
 * their own, so whatever was done stays done, and asking again costs only what is new.
 */
import { AppError } from "@pareidolia/core/appError";
import { type ByteImage, toFloatImage } from "@pareidolia/core/image";
import type { Framing } from "@pareidolia/core/preprocessing";
import { imageKey } from "@pareidolia/persistence/objectStores/objectStore";
import { fitPhoto } from "@pareidolia/persistence/photos/fitPhoto";
import { decodePng } from "@pareidolia/persistence/png";
import { findModels, type ModelRecord } from "@pareidolia/persistence/queries/modelQueries";
import { findModelsOfSpaces, findUnscoredImages } from "@pareidolia/persistence/queries/transferQueries";
import { writeScores } from "@pareidolia/persistence/runs/writePictures";
import { z } from "zod";
import { toOpen } from "../classifierShelf.ts";
import type { AnalysisContext, AnalysisKind } from "./analysisKind.ts";

const question = z.object({ runIds: z.array(z.string()) });
const atOnce = 32;
const mostUnscored = 100_000;
/** A square image up to this much larger than a network's input is shown by its centre, as networks are tested; others are scaled. */
const largestMargin = 1.25;

function framingOf({ width, height }: ByteImage, model: ModelRecord): Framing {
  const side = Math.max(model.width, model.height);
  const framed = width === height && width > side && width <= side * largestMargin;
  return framed ? { kind: "crops", count: 1, imageSize: width } : { kind: "whole" };
}

async function scoreBatch(hashes: readonly string[], model: ModelRecord, context: AnalysisContext): Promise<void> {
  const { database, objectStore, openClassifier, signal } = context;
  const images = await Promise.all(hashes.map(async (sha256) => ({ sha256, image: decodePng(await objectStore.get(imageKey(sha256))) })));
  const framings = images.map(({ image }) => JSON.stringify(framingOf(image, model)));
  for (const framing of new Set(framings)) {
    const group = images.filter((_, i) => framings[i] === framing);
    const classifier = await openClassifier(toOpen(model, JSON.parse(framing) as Framing));
    const fitted = await Promise.all(group.map(({ image }) => fitPhoto(image, classifier.input)));
    const { probabilities, classes } = await classifier.predict(fitted.map(toFloatImage), signal);
    await writeScores(
      database.connection,
      model.id,
      group.map(({ sha256 }, i) => ({ image: { sha256 }, probabilities: probabilities.slice(i * classes, (i + 1) * classes) })),
    );
  }
}

export const transfer: AnalysisKind = {
  id: "transfer",
  async analyse(analysis, context) {
    const { runIds } = question.parse(analysis.input);
    const { connection } = context.database;
    const candidates = await findModelsOfSpaces(connection, { workspaceId: analysis.workspaceId, runIds });
    const models = (
      await findModels(
        connection,
        candidates.map(({ id }) => id),
      )
    ).filter((model) => model !== null);
    const todo = await Promise.all(
      models.map(async (model) => ({
        model,
        hashes: (await findUnscoredImages(connection, { runIds, modelId: model.id, limit: mostUnscored })).map(({ sha256 }) => sha256),
      })),
    );
    const total = todo.reduce((sum, { hashes }) => sum + hashes.length, 0);
    let done = 0;
    const skipped: { modelId: string; name: string; reason: string }[] = [];
    for (const { model, hashes } of todo)
      try {
        for (let from = 0; from < hashes.length; from += atOnce) {
          context.signal.throwIfAborted();
          const batch = hashes.slice(from, from + atOnce);
          await scoreBatch(batch, model, context);
          done += batch.length;
          await context.report({ done, total });
        }
      } catch (error) {
        if (!(error instanceof AppError) || context.signal.aborted) throw error;
        // One network that does not open leaves the others their scores.
        skipped.push({ modelId: model.id, name: model.name, reason: error.message });
      }
    return { scored: done, models: models.length, skipped };
  },
};
