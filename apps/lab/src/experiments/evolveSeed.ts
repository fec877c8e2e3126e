/** Evolves one seed without a database and records the archive at selected generations. */
import type { Classifier } from "@pareidolia/core/classifier";
import type { Encoding } from "@pareidolia/core/encoding";
import type { SearchStatistics } from "@pareidolia/core/generationStatistics";
import type { ByteImage } from "@pareidolia/core/image";
import { evaluateGeneration } from "@pareidolia/evolution/evaluateGeneration";
import type { MapElites } from "@pareidolia/evolution/mapElites";
import { median } from "@pareidolia/evolution/statistics";
import { scoreStored } from "./scoreStored.ts";

export interface Checkpoint {
  /** On the float pixels of the search. */
  readonly seen: SearchStatistics;
  /** On the stored bytes. */
  readonly stored: { readonly median: number; readonly minimum: number };
  /** Stored images by niche, with their confidence on these bytes; null for an empty niche. */
  readonly elites: readonly ({ readonly image: ByteImage; readonly confidence: number } | null)[];
  readonly evaluationsPerSecond: number;
}

/** The first generation after which the statistic, on stored bytes, reaches a level; null if it never does. */
export interface FirstAt {
  readonly median: number | null;
  readonly minimum: number | null;
}

/** @param options.level the level for `firstAt`; without it, both values are null. */
export async function evolveSeed<G>(options: {
  search: MapElites<G>;
  encoding: Encoding<G>;
  classifier: Classifier;
  generations: number;
  checkpoints: readonly number[];
  level?: number;
  onCheckpoint: (checkpoint: Checkpoint) => void;
}): Promise<{ readonly checkpoints: ReadonlyMap<number, Checkpoint>; readonly firstAt: FirstAt }> {
  const { search, encoding, classifier, level = Number.POSITIVE_INFINITY } = options;
  let firstAt: FirstAt = { median: null, minimum: null };
  const reached = new Map<number, Checkpoint>();
  let busy = 0;
  for (let generation = 0; generation <= options.generations; generation++) {
    const began = performance.now();
    const { statistics } = await evaluateGeneration({ search, encoding, classifier });
    busy += performance.now() - began;
    const isCheckpoint = options.checkpoints.includes(generation) || generation === options.generations;
    const isBelowLevel = Number.isFinite(level) && firstAt.minimum === null;
    if (!isCheckpoint && !isBelowLevel) continue;
    const { scores, images } = await scoreStored({ elites: search.elites, encoding, classifier });
    const stored = { median: median(scores), minimum: Math.min(...scores) };
    firstAt = {
      median: firstAt.median ?? (stored.median >= level ? generation : null),
      minimum: firstAt.minimum ?? (stored.minimum >= level ? generation : null),
    };
    if (!isCheckpoint) continue;
    const checkpoint = {
      seen: statistics,
      stored,
      elites: images.map((image, niche) => (image === null ? null : { image, confidence: scores[niche] as number })),
      evaluationsPerSecond: (statistics.evaluations / busy) * 1000,
    };
    reached.set(generation, checkpoint);
    options.onCheckpoint(checkpoint);
  }
  return { checkpoints: reached, firstAt };
}
