/** Evolves one seed without a database and looks at the archive at chosen generations. */
import type { Classifier } from "@pareidolia/core/classifier";
import type { Encoding } from "@pareidolia/core/encoding";
import type { GenerationStatistics } from "@pareidolia/core/generationStatistics";
import type { ByteImage } from "@pareidolia/core/image";
import { evaluateGeneration } from "@pareidolia/evolution/evaluateGeneration";
import type { MapElites } from "@pareidolia/evolution/mapElites";
import { median } from "@pareidolia/evolution/statistics";
import { scoreStored } from "./scoreStored.ts";

export interface Checkpoint {
  /** Of the float pixels, as the search saw them. */
  readonly seen: GenerationStatistics;
  /** Of the stored bytes. */
  readonly stored: { readonly median: number; readonly minimum: number };
  /** By niche, as they are stored, with their confidence on these bytes; null where a niche is empty. */
  readonly elites: readonly ({ readonly image: ByteImage; readonly confidence: number } | null)[];
  readonly evaluationsPerSecond: number;
}

/** The first generation at whose end, on stored bytes, the statistic is at a level; null where it never was. */
export interface FirstAt {
  readonly median: number | null;
  readonly minimum: number | null;
}

/** @param options.level where absent, `firstAt` is null throughout. */
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
    const isClimbing = Number.isFinite(level) && firstAt.minimum === null;
    if (!isCheckpoint && !isClimbing) continue;
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
