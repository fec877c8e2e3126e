/** Scores one stored image by every available model that shares a label space with a model that has scored it. */
import { findModels } from "@pareidolia/persistence/queries/modelQueries";
import { findModelsToScore } from "@pareidolia/persistence/queries/transferQueries";
import { z } from "zod";
import type { AnalysisKind } from "./analysisKind.ts";
import { scoreImages } from "./scoreImages.ts";

const question = z.object({ imageSha256: z.string() });

export const scoring: AnalysisKind = {
  id: "scoring",
  async analyse(analysis, context) {
    const { imageSha256 } = question.parse(analysis.input);
    const { connection } = context.database;
    const modelIds = await findModelsToScore(connection, { workspaceId: analysis.workspaceId, imageSha256 });
    const models = (await findModels(connection, modelIds)).filter((model) => model !== null);
    const todo = models.map((model) => ({ model, hashes: [imageSha256] }));
    return { ...(await scoreImages(todo, context)) };
  },
};
