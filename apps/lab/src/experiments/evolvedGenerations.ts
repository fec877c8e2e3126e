/**
 * Evolves a run and keeps several generations: the elites' stored images and their confidence on the stored bytes. Retraining uses the
 * first and the last, detectors all of them.
 */
import type { Classifier } from "@pareidolia/core/classifier";
import type { Encoding } from "@pareidolia/core/encoding";
import { type ByteImage, quantiseImage, toFloatImage } from "@pareidolia/core/image";
import { evaluateGeneration } from "@pareidolia/evolution/evaluateGeneration";
import { MapElites } from "@pareidolia/evolution/mapElites";

export interface KeptElite {
  readonly niche: number;
  readonly image: ByteImage;
  readonly confidence: number;
}

export async function evolveGenerations<G>(options: {
  readonly classifier: Classifier;
  readonly encoding: Encoding<G>;
  readonly seed: number;
  readonly offspring: number;
  /** In ascending order; the run ends with the last. */
  readonly generations: readonly number[];
  readonly signal?: AbortSignal;
}): Promise<ReadonlyMap<number, readonly KeptElite[]>> {
  const { classifier, encoding, seed, offspring, generations } = options;
  const search = new MapElites({ encoding, niches: classifier.labels.length, seed, offspring, insertion: "every-class" });
  const kept = new Map<number, readonly KeptElite[]>();
  for (let generation = 0; generation <= (generations.at(-1) ?? -1); generation++) {
    await evaluateGeneration({ search, encoding, classifier, ...(options.signal && { signal: options.signal }) });
    if (!generations.includes(generation)) continue;
    const elites = search.elites.flatMap((elite, niche) =>
      elite === null ? [] : [{ niche, image: quantiseImage(encoding.decode(elite.genome)) }],
    );
    const { probabilities, classes } = await classifier.predict(elites.map(({ image }) => toFloatImage(image)));
    kept.set(
      generation,
      elites.map(({ niche, image }, row) => ({ niche, image, confidence: probabilities[row * classes + niche] as number })),
    );
  }
  return kept;
}
