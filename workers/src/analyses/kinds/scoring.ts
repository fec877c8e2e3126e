/** Scores one stored image by every available model that shares a label space with a model that has scored it. */
import { scoring } from "@pareidolia/analysis/kinds/scoring";
import { findModelsToScore } from "@pareidolia/persistence/lab/models/modelsOfSpaces";
import { findModels } from "@pareidolia/persistence/lab/models/readModels";
import { analysisTask } from "../analysisTask.ts";
import { scoreImages } from "../scoreImages.ts";

export const task = analysisTask(scoring, async ({ imageSha256 }, context) => {
  const { connection } = context.database;
  const modelIds = await findModelsToScore(connection, { scope: context.scope, imageSha256 });
  const models = (await findModels(connection, modelIds)).filter((model) => model !== null);
  const imagesToScore = models.map((model) => ({ model, hashes: [imageSha256] }));
  return scoreImages(imagesToScore, context);
});
