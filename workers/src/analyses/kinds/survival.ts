/** Compresses, scales, blurs and crops an elite's stored image, and scores it with the run's network each time. */
import { survival } from "@pareidolia/analysis/kinds/survival";
import { distortionsWith } from "@pareidolia/analysis/survival/distortions";
import { resample } from "@pareidolia/analysis/survival/resample";
import { measureSurvival } from "@pareidolia/analysis/survival/survival";
import { AppError } from "@pareidolia/core/appError";
import type { ByteImage } from "@pareidolia/core/image";
import { imageKey } from "@pareidolia/persistence/objectStores/objectStore";
import { jpegRoundTrip } from "@pareidolia/persistence/photos/jpegRoundTrip";
import { decodePng, encodePng } from "@pareidolia/persistence/png";
import { findElites } from "@pareidolia/persistence/queries/eliteQueries";
import { findModels } from "@pareidolia/persistence/queries/modelQueries";
import { findRuns } from "@pareidolia/persistence/queries/runQueries";
import { toOpen } from "../../classifierShelf.ts";
import { analysisTask } from "../analysisTask.ts";

/** In pixels: large enough to show what a level does, small enough for a row. */
const thumbnailSide = 48;

function thumbnailOf(image: ByteImage): string {
  const scale = Math.min(1, thumbnailSide / Math.max(image.width, image.height));
  const small = resample(image, Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale)));
  return `data:image/png;base64,${Buffer.from(encodePng(small)).toString("base64")}`;
}

export const task = analysisTask(survival, async ({ eliteId }, { database, objectStore, openClassifier, signal }) => {
  const { connection } = database;
  const [elite] = await findElites(connection, [eliteId]);
  const [run] = elite == null ? [] : await findRuns(connection, [elite.runId]);
  const [model] = run == null ? [] : await findModels(connection, [run.modelId]);
  if (elite == null || run == null || model == null) throw new AppError("NOT_FOUND", "The elite is gone. Ask about another one.");
  const classifier = await openClassifier(toOpen(model, run.framing));
  const image = decodePng(await objectStore.get(imageKey(elite.image.sha256)));
  const distortions = distortionsWith(jpegRoundTrip);
  const { confidence, curves } = await measureSurvival({ image, classIndex: elite.niche, classifier, distortions, signal });
  return {
    confidence,
    curves: curves.map(({ points, ...curve }) => ({
      ...curve,
      points: points.map(({ image: distorted, ...point }) => ({
        ...point,
        topLabel: model.labels[point.topClass] ?? String(point.topClass),
        thumbnail: thumbnailOf(distorted),
      })),
    })),
  };
});
