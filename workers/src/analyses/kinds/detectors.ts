/**
 * Compares the archives of several generations with real images by every detector: do later fooling images look more or less real? An
 * archive has up to a thousand images, so they are loaded and scored in batches. An image that holds several niches, or survives for
 * several generations, is scored once.
 */
import type { Views } from "@pareidolia/analysis/detectors/detector";
import { detectors } from "@pareidolia/analysis/detectors/registry";
import { detectors as contract } from "@pareidolia/analysis/kinds/detectors";
import { areaUnderRoc, falsePositiveRateAt } from "@pareidolia/analysis/rocCurve";
import { areaInterval, falsePositiveRateInterval } from "@pareidolia/analysis/rocIntervals";
import { AppError } from "@pareidolia/core/appError";
import { cropsOf, cutCrops, framedShape } from "@pareidolia/core/crops";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { type FloatImage, toFloatImage } from "@pareidolia/core/image";
import type { Framing } from "@pareidolia/core/preprocessing";
import { decodePng } from "@pareidolia/images/png";
import { findArchiveAt } from "@pareidolia/persistence/lab/elites/readElites";
import { findModels } from "@pareidolia/persistence/lab/models/readModels";
import { findRuns } from "@pareidolia/persistence/lab/runs/readRuns";
import { imageKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { modelToOpen } from "../../classifierShelf.ts";
import { type AnalysisContext, analysisTask } from "../analysisTask.ts";
import { findRealImages } from "../realImages.ts";

/** Views in a batch, as floats; detectors that compute gradients need the same memory again for them. */
const viewsPerBatch = 50;

/** Generations from 0 to `last`, both included, at equal intervals up to rounding. */
function spreadGenerations(last: number, count: number): number[] {
  return [...new Set(Array.from({ length: count }, (_, i) => Math.round((last * i) / (count - 1))))];
}

interface ArchivedImages {
  readonly generation: number;
  /** SHA-256 of each distinct image, in the order of the first niche that it holds. */
  readonly hashes: readonly string[];
}

async function readArchives(runId: string, generations: readonly number[], { database }: AnalysisContext): Promise<ArchivedImages[]> {
  const archives: ArchivedImages[] = [];
  for (const generation of generations) {
    const elites = await findArchiveAt(database.connection, { runId, generation });
    if (elites.length > 0) archives.push({ generation, hashes: [...new Set(elites.map(({ image }) => image.sha256))] });
  }
  return archives;
}

interface ImagesToScore {
  /** Opened without framing: crops are cut here, so that each crop has its own logits. */
  readonly network: DifferentiableClassifier;
  readonly framing: Framing;
  readonly count: number;
  readonly read: (index: number) => Promise<FloatImage>;
  readonly signal: AbortSignal;
  readonly onScored: (images: number) => Promise<void>;
}

/** Scores by detector, in the registry's order, and image. */
async function scoreAll({ network, framing, count, read, signal, onScored }: ImagesToScore): Promise<number[][]> {
  const imagesPerBatch = Math.max(1, Math.floor(viewsPerBatch / Math.max(1, cropsOf(framing, network.input).length)));
  const scores: number[][] = detectors.map(() => []);
  for (let from = 0; from < count; from += imagesPerBatch) {
    const batch: Views[] = [];
    while (batch.length < imagesPerBatch && from + batch.length < count) {
      signal.throwIfAborted();
      batch.push(cutCrops(await read(from + batch.length), framing, network.input));
    }
    for (const [i, detector] of detectors.entries()) scores[i]?.push(...(await detector.score(network, batch, signal)));
    await onScored(batch.length);
  }
  return scores;
}

export const task = analysisTask(contract, async ({ runId, generation, generations }, context) => {
  const { database, objectStore, openClassifier, signal } = context;
  const [run] = await findRuns(database.connection, [runId]);
  const [model] = run == null ? [] : await findModels(database.connection, [run.modelId]);
  if (run == null || model == null) throw new AppError("NOT_FOUND", "This run no longer exists. Choose another run.");
  const network = await openClassifier(modelToOpen(model, { kind: "whole" }));
  const shape = framedShape(run.framing, network.input);
  const real = await findRealImages({ slug: model.slug, shape }, context);
  const archives = await readArchives(runId, spreadGenerations(generation, generations), context);
  const distinct = [...new Set(archives.flatMap(({ hashes }) => hashes))];
  const indices = new Map(distinct.map((sha256, index) => [sha256, index]));
  const total = real.count + distinct.length;
  let done = 0;
  const onScored = async (images: number): Promise<void> => {
    done += images;
    await context.report({ done, total });
  };
  const shared = { network, framing: run.framing, signal, onScored };
  const realScores = await scoreAll({ ...shared, ...real });
  const scores = await scoreAll({
    ...shared,
    count: distinct.length,
    read: async (index) => toFloatImage(decodePng(await objectStore.get(imageKey(distinct[index] as string)))),
  });
  const points = detectors.flatMap((detector, i) =>
    archives.map(({ generation: archiveGeneration, hashes }) => {
      const positives = realScores[i] as number[];
      const negatives = hashes.map((sha256) => scores[i]?.[indices.get(sha256) as number] as number);
      const [area, rate] = [areaInterval(positives, negatives), falsePositiveRateInterval(positives, negatives)];
      return {
        generation: archiveGeneration,
        detector: detector.id,
        label: detector.label,
        auroc: areaUnderRoc(positives, negatives),
        aurocLow: area?.low ?? null,
        aurocHigh: area?.high ?? null,
        falsePositiveRate: falsePositiveRateAt(positives, negatives),
        falsePositiveRateLow: rate?.low ?? null,
        falsePositiveRateHigh: rate?.high ?? null,
        images: negatives.length,
        references: real.count,
      };
    }),
  );
  return { points };
});
