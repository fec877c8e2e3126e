/** Loads an elite's stored image and opens its run's network with the run's framing. */
import { AppError } from "@pareidolia/core/appError";
import { decodePng } from "@pareidolia/images/png";
import { findElites } from "@pareidolia/persistence/lab/elites/readElites";
import { findModels } from "@pareidolia/persistence/lab/models/readModels";
import { findRuns } from "@pareidolia/persistence/lab/runs/readRuns";
import { imageKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { modelToOpen } from "../classifierShelf.ts";
import type { AnalysisContext } from "./analysisTask.ts";

/** @throws AppError NOT_FOUND if the elite, its run, its model or its image no longer exists. */
export async function openElite(eliteId: string, { database: { connection }, objectStore, openClassifier }: AnalysisContext) {
  const [elite] = await findElites(connection, [eliteId]);
  const [run] = elite == null ? [] : await findRuns(connection, [elite.runId]);
  const [model] = run == null ? [] : await findModels(connection, [run.modelId]);
  if (elite == null || run == null || model == null) throw new AppError("NOT_FOUND", "This elite no longer exists. Choose another elite.");
  const classifier = await openClassifier(modelToOpen(model, run.framing));
  const image = decodePng(await objectStore.get(imageKey(elite.image.sha256)));
  return { model, classIndex: elite.niche, classifier, image };
}
