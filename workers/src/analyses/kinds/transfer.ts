/** Scores current elites by every available model of their label space that has not scored them yet. */
import { transfer } from "@pareidolia/analysis/kinds/transfer";
import { findModelsOfSpaces } from "@pareidolia/persistence/lab/models/modelsOfSpaces";
import { findModels } from "@pareidolia/persistence/lab/models/readModels";
import { findUnscoredImages } from "@pareidolia/persistence/lab/scores/readTransfer";
import { analysisTask } from "../analysisTask.ts";
import { scoreImages } from "../scoreImages.ts";

const maxUnscored = 100_000;

export const task = analysisTask(transfer, async ({ runIds }, context) => {
  const { connection } = context.database;
  const candidates = await findModelsOfSpaces(connection, { scope: context.scope, runIds });
  const models = await findModels(
    connection,
    candidates.map(({ id }) => id),
  );
  const imagesToScore = await Promise.all(
    models
      .filter((model) => model !== null)
      .map(async (model) => ({
        model,
        hashes: (await findUnscoredImages(connection, { runIds, modelId: model.id, limit: maxUnscored })).map(({ sha256 }) => sha256),
      })),
  );
  return scoreImages(imagesToScore, context);
});
