/** Shows the archives of some generations to detectors, beside real images: do later fooling images look more or less real to them? */
import { detectors } from "@pareidolia/analysis/detectors/registry";
import { areaUnderRoc, falsePositiveRateAt } from "@pareidolia/analysis/rocCurve";
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { type FloatImage, toFloatImage } from "@pareidolia/core/image";
import { imageKey } from "@pareidolia/persistence/objectStores/objectStore";
import { decodePng } from "@pareidolia/persistence/png";
import { findArchiveAt } from "@pareidolia/persistence/queries/eliteQueries";
import { findModels } from "@pareidolia/persistence/queries/modelQueries";
import { findRuns } from "@pareidolia/persistence/queries/runQueries";
import { z } from "zod";
import { toOpen } from "../classifierShelf.ts";
import type { AnalysisKind } from "./analysisKind.ts";
import { readRealImages } from "./realImages.ts";

const question = z.object({ runId: z.string(), generation: z.int(), generations: z.int() });
const atOnce = 50;

/** From 0 to `last`, both included, as evenly as whole generations allow. */
function spread(last: number, count: number): number[] {
  return [...new Set(Array.from({ length: count }, (_, i) => Math.round((last * i) / (count - 1))))];
}

export const detectorsByGeneration: AnalysisKind = {
  id: "detectors",
  async analyse(analysis, context) {
    const { database, objectStore, openClassifier, signal } = context;
    const { runId, generation, generations } = question.parse(analysis.input);
    const [run] = await findRuns(database.connection, [runId]);
    const [model] = run == null ? [] : await findModels(database.connection, [run.modelId]);
    if (run == null || model == null) throw new AppError("NOT_FOUND", "The run is gone. Ask about another one.");
    const classifier: DifferentiableClassifier = await openClassifier(toOpen(model, run.framing));
    const real = await readRealImages({ slug: model.slug, workspaceId: run.workspaceId, shape: classifier.input }, context);
    const chosen = spread(generation, generations);
    const total = detectors.length * (chosen.length + 1);
    let done = 0;
    const scoreAll = async (detector: (typeof detectors)[number], images: readonly FloatImage[]): Promise<number[]> => {
      const scores: number[] = [];
      for (let from = 0; from < images.length; from += atOnce)
        scores.push(...(await detector.score(classifier, images.slice(from, from + atOnce), signal)));
      await context.report({ done: ++done, total });
      return scores;
    };
    const archives = await Promise.all(
      chosen.map(async (at) => {
        const elites = await findArchiveAt(database.connection, { runId, generation: at });
        const images = await Promise.all(
          elites.map(async ({ image }) => toFloatImage(decodePng(await objectStore.get(imageKey(image.sha256))))),
        );
        return { at, images };
      }),
    );
    const points = [];
    for (const detector of detectors) {
      const positives = await scoreAll(detector, real);
      for (const { at, images } of archives) {
        const negatives = await scoreAll(detector, images);
        if (negatives.length === 0) continue;
        points.push({
          generation: at,
          detector: detector.id,
          label: detector.label,
          auroc: areaUnderRoc(positives, negatives),
          falsePositiveRate: falsePositiveRateAt(positives, negatives),
          images: images.length,
          references: real.length,
        });
      }
    }
    return { points };
  },
};
