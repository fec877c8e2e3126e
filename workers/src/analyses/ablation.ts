/** Paints an elite's stored picture over region by region, and asks its own network each time. */
import { ablate } from "@pareidolia/analysis/ablation";
import { AppError } from "@pareidolia/core/appError";
import { imageKey } from "@pareidolia/persistence/objectStores/objectStore";
import { decodePng } from "@pareidolia/persistence/png";
import { findElites } from "@pareidolia/persistence/queries/eliteQueries";
import { findModels } from "@pareidolia/persistence/queries/modelQueries";
import { findRuns } from "@pareidolia/persistence/queries/runQueries";
import { z } from "zod";
import { toOpen } from "../classifierShelf.ts";
import type { AnalysisKind } from "./analysisKind.ts";

const question = z.object({ eliteId: z.string(), regions: z.int(), paint: z.enum(["mean", "grey"]) });

export const ablation: AnalysisKind = {
  id: "ablation",
  async analyse(analysis, { database, objectStore, openClassifier, signal }) {
    const { eliteId, regions, paint } = question.parse(analysis.input);
    const { connection } = database;
    const [elite] = await findElites(connection, [eliteId]);
    const [run] = elite == null ? [] : await findRuns(connection, [elite.runId]);
    const [model] = run == null ? [] : await findModels(connection, [run.modelId]);
    if (elite == null || run == null || model == null) throw new AppError("NOT_FOUND", "The elite is gone. Ask about another one.");
    const classifier = await openClassifier(toOpen(model, run.framing));
    const image = decodePng(await objectStore.get(imageKey(elite.image.sha256)));
    return { ...(await ablate({ image, classIndex: elite.niche, classifier, regions, paint, signal })) };
  },
};
