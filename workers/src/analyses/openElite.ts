/** Loads an elite's stored image and opens the network of its run, as its run showed images to it. */
import { AppError } from "@pareidolia/core/appError";
import { decodePng } from "@pareidolia/images/png";
import { findElites } from "@pareidolia/persistence/elites/readElites";
import { findModels } from "@pareidolia/persistence/models/readModels";
import { imageKey } from "@pareidolia/persistence/objectStores/objectStore";
import { findRuns } from "@pareidolia/persistence/runs/readRuns";
import { toOpen } from "../classifierShelf.ts";
import type { AnalysisContext } from "./analysisTask.ts";

/** @throws AppError NOT_FOUND when the elite, its run, its model or its image is gone. */
export async function openElite(eliteId: string, { database: { connection }, objectStore, openClassifier }: AnalysisContext) {
  const [elite] = await findElites(connection, [eliteId]);
  const [run] = elite == null ? [] : await findRuns(connection, [elite.runId]);
  const [model] = run == null ? [] : await findModels(connection, [run.modelId]);
  if (elite == null || run == null || model == null) throw new AppError("NOT_FOUND", "The elite is gone. Ask about another one.");
  const classifier = await openClassifier(toOpen(model, run.framing));
  const image = decodePng(await objectStore.get(imageKey(elite.image.sha256)));
  return { model, classIndex: elite.niche, classifier, image };
}
