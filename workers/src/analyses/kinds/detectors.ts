/**
 * Compares the archives of several generations with real images by every detector: do later fooling images look more or less real? An
 * archive has up to a thousand images, so they are read, scored and dropped in batches, each different image once, however many niches
 * and generations it holds.
 */
import type { Views } from "@pareidolia/analysis/detectors/detector";
import { detectors } from "@pareidolia/analysis/detectors/registry";
import { detectors as contract } from "@pareidolia/analysis/kinds/detectors";
import { areaUnderRoc, falsePositiveRateAt } from "@pareidolia/analysis/rocCurve";
import { AppError } from "@pareidolia/core/appError";
import { cropsOf, cutCrops, framedShape } from "@pareidolia/core/crops";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { type FloatImage, toFloatImage } from "@pareidolia/core/image";
import type { Framing } from "@pareidolia/core/preprocessing";
import { decodePng } from "@pareidolia/images/png";
import { findArchiveAt } from "@pareidolia/persistence/elites/readElites";
import { findModels } from "@pareidolia/persistence/models/readModels";
import { imageKey } from "@pareidolia/persistence/objectStores/objectStore";
import { findRuns } from "@pareidolia/persistence/runs/readRuns";
import { toOpen } from "../../classifierShelf.ts";
import { type AnalysisContext, analysisTask } from "../analysisTask.ts";
import { findRealImages } from "../realImages.ts";

/** Views in memory at once, as floats; the gradients that a detector takes of them come on top. */
const viewsAtOnce = 50;

/** From 0 to `last`, both included, as evenly as whole generations allow. */
function spread(last: number, count: number): number[] {
  return [...new Set(Array.from({ length: count }, (_, i) => Math.round((last * i) / (count - 1))))];
}

/** The different images of an archive, in the order of the first niche that each holds. */
interface Generation {
  readonly at: number;
  readonly hashes: readonly string[];
}

async function readGenerations(runId: string, chosen: readonly number[], { database }: AnalysisContext): Promise<Generation[]> {
  const generations: Generation[] = [];
  for (const at of chosen) {
    const elites = await findArchiveAt(database.connection, { runId, generation: at });
    if (elites.length > 0) generations.push({ at, hashes: [...new Set(elites.map(({ image }) => image.sha256))] });
  }
  return generations;
}

interface Shown {
  /** The network itself: its framing cuts here, so that each crop has logits of its own. */
  readonly network: DifferentiableClassifier;
  readonly framing: Framing;
  readonly count: number;
  readonly read: (index: number) => Promise<FloatImage>;
  readonly signal: AbortSignal;
  readonly onScored: (images: number) => Promise<void>;
}

/** For each detector, in the registry's order, a score an image. */
async function scoreAll({ network, framing, count, read, signal, onScored }: Shown): Promise<number[][]> {
  const imagesAtOnce = Math.max(1, Math.floor(viewsAtOnce / Math.max(1, cropsOf(framing, network.input).length)));
  const scores: number[][] = detectors.map(() => []);
  for (let from = 0; from < count; from += imagesAtOnce) {
    const batch: Views[] = [];
    while (batch.length < imagesAtOnce && from + batch.length < count) {
      signal.throwIfAborted();
      batch.push(cutCrops(await read(from + batch.length), framing, network.input));
    }
    for (const [place, detector] of detectors.entries()) scores[place]?.push(...(await detector.score(network, batch, signal)));
    await onScored(batch.length);
  }
  return scores;
}

export const task = analysisTask(contract, async ({ runId, generation, generations }, context) => {
  const { database, objectStore, openClassifier, signal } = context;
  const [run] = await findRuns(database.connection, [runId]);
  const [model] = run == null ? [] : await findModels(database.connection, [run.modelId]);
  if (run == null || model == null) throw new AppError("NOT_FOUND", "The run is gone. Ask about another one.");
  const network = await openClassifier(toOpen(model, { kind: "whole" }));
  const shape = framedShape(run.framing, network.input);
  const real = await findRealImages({ slug: model.slug, shape }, context);
  const archives = await readGenerations(runId, spread(generation, generations), context);
  const places = new Map([...new Set(archives.flatMap(({ hashes }) => hashes))].map((sha256, place) => [sha256, place]));
  const different = [...places.keys()];
  const total = real.count + different.length;
  let done = 0;
  const onScored = async (images: number): Promise<void> => {
    done += images;
    await context.report({ done, total });
  };
  const shared = { network, framing: run.framing, signal, onScored };
  const scoresOfReal = await scoreAll({ ...shared, ...real });
  const scores = await scoreAll({
    ...shared,
    count: different.length,
    read: async (index) => toFloatImage(decodePng(await objectStore.get(imageKey(different[index] as string)))),
  });
  const points = detectors.flatMap((detector, place) =>
    archives.map(({ at, hashes }) => {
      const positives = scoresOfReal[place] as number[];
      const negatives = hashes.map((sha256) => scores[place]?.[places.get(sha256) as number] as number);
      return {
        generation: at,
        detector: detector.id,
        label: detector.label,
        auroc: areaUnderRoc(positives, negatives),
        falsePositiveRate: falsePositiveRateAt(positives, negatives),
        images: negatives.length,
        references: real.count,
      };
    }),
  );
  return { points };
});
