/** Fresh evolutions against one network of a chain: what they reach, and the pictures that join the fooling class. */

import type { Classifier } from "@pareidolia/core/classifier";
import type { Encoding } from "@pareidolia/core/encoding";
import { type ByteImage, quantiseImage, toFloatImage } from "@pareidolia/core/image";
import { topClass } from "@pareidolia/core/topClass";
import { evaluateGeneration } from "@pareidolia/evolution/evaluateGeneration";
import { MapElites } from "@pareidolia/evolution/mapElites";

export interface FoolOptions {
  readonly classifier: Classifier;
  readonly encoding: Encoding<unknown>;
  /** Classes of the data set: the fooling class is nothing to evolve towards. */
  readonly classes: number;
  readonly seed: number;
  readonly runs: number;
  readonly generations: number;
  readonly offspring: number;
  readonly signal: AbortSignal;
  /** Throws to end it. */
  readonly onGeneration: (evaluations: number) => Promise<void>;
}

export interface FoolElite {
  readonly niche: number;
  readonly image: ByteImage;
  readonly confidence: number;
}

export interface Fooled {
  /** Of the final archives, on bytes, run after run. */
  readonly storedConfidences: readonly number[];
  /** Final pictures that the network takes for the class after the data set's, of all final pictures. */
  readonly foolingCount: number;
  readonly images: readonly ByteImage[];
  /** The first run's final archive. */
  readonly archive: readonly FoolElite[];
}

const runsApart = 10_007;
const seeds = 2 ** 31;

function draw(search: MapElites<unknown>, { encoding, classes }: FoolOptions): FoolElite[] {
  return search.elites.flatMap((elite, niche) =>
    elite === null || niche >= classes ? [] : [{ niche, image: quantiseImage(encoding.decode(elite.genome)), confidence: elite.fitness }],
  );
}

export async function foolNetwork(options: FoolOptions): Promise<Fooled> {
  const { classifier, encoding, classes, signal } = options;
  const images: ByteImage[] = [];
  const storedConfidences: number[] = [];
  let foolingCount = 0;
  let archive: readonly FoolElite[] = [];
  for (let run = 0; run < options.runs; run++) {
    const search = new MapElites({
      encoding,
      niches: classifier.labels.length,
      seed: (options.seed + run * runsApart) % seeds,
      offspring: options.offspring,
      insertion: "every-class",
    });
    for (let generation = 0; generation <= options.generations; generation++) {
      await evaluateGeneration({ search, encoding, classifier, signal });
      await options.onGeneration(options.offspring);
      if (generation === 0) images.push(...draw(search, options).map(({ image }) => image));
    }
    const last = draw(search, options);
    images.push(...last.map(({ image }) => image));
    if (run === 0) archive = last;
    const scores = await classifier.predict(
      last.map(({ image }) => toFloatImage(image)),
      signal,
    );
    for (const [i, { niche }] of last.entries()) {
      const row = scores.probabilities.subarray(i * scores.classes, (i + 1) * scores.classes);
      storedConfidences.push(row[niche] as number);
      if (topClass(row) >= classes) foolingCount++;
    }
  }
  return { storedConfidences, foolingCount, images, archive };
}
