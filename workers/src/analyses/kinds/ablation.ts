/** Covers an elite's stored image region by region, and scores it with the run's network each time. */
import { ablate } from "@pareidolia/analysis/ablation";
import { ablation } from "@pareidolia/analysis/kinds/ablation";
import { AppError } from "@pareidolia/core/appError";
import { imageKey } from "@pareidolia/persistence/objectStores/objectStore";
import { decodePng } from "@pareidolia/persistence/png";
import { findElites } from "@pareidolia/persistence/queries/eliteQueries";
import { findModels } from "@pareidolia/persistence/queries/modelQueries";
import { findRuns } from "@pareidolia/persistence/queries/runQueries";
import { toOpen } from "../../classifierShelf.ts";
import { analysisTask } from "../analysisTask.ts";

export const task = analysisTask(ablation, async ({ eliteId, regions, paint }, { database, objectStore, openClassifier, signal }) => {
  const { connection } = database;
  const [elite] = await findElites(connection, [eliteId]);
  const [run] = elite == null ? [] : await findRuns(connection, [elite.runId]);
  const [model] = run == null ? [] : await findModels(connection, [run.modelId]);
  if (elite == null || run == null || model == null) throw new AppError("NOT_FOUND", "The elite is gone. Ask about another one.");
  const classifier = await openClassifier(toOpen(model, run.framing));
  const image = decodePng(await objectStore.get(imageKey(elite.image.sha256)));
  return ablate({ image, classIndex: elite.niche, classifier, regions, paint, signal });
});
