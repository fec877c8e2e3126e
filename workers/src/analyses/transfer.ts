/** Scores current elites by every available model of their label space that has not scored them yet. */
import { findModels } from "@pareidolia/persistence/queries/modelQueries";
import { findModelsOfSpaces, findUnscoredImages } from "@pareidolia/persistence/queries/transferQueries";
import { z } from "zod";
import type { AnalysisKind } from "./analysisKind.ts";
import { scoreImages } from "./scoreImages.ts";

const question = z.object({ runIds: z.array(z.string()) });
const mostUnscored = 100_000;

export const transfer: AnalysisKind = {
  id: "transfer",
  async analyse(analysis, context) {
    const { runIds } = question.parse(analysis.input);
    const { connection } = context.database;
    const candidates = await findModelsOfSpaces(connection, { workspaceId: analysis.workspaceId, runIds });
    const models = await findModels(
      connection,
      candidates.map(({ id }) => id),
    );
    const todo = await Promise.all(
      models
        .filter((model) => model !== null)
        .map(async (model) => ({
          model,
          hashes: (await findUnscoredImages(connection, { runIds, modelId: model.id, limit: mostUnscored })).map(({ sha256 }) => sha256),
        })),
    );
    return { ...(await scoreImages(todo, context)) };
  },
};
