/**
 * Fresh evolution against one network of a retraining study: the confidences of each run in the data set's classes, and the images of its
 * first and last generation, from which the paper makes the fooling class (section 3.6).
 */
import type { Classifier } from "@pareidolia/core/classifier";
import type { EncodingDefinition } from "@pareidolia/core/encoding";
import type { ByteImage } from "@pareidolia/core/image";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import { evolveGenerations, type KeptElite } from "./evolvedGenerations.ts";

export interface FreshRunsOptions<G> {
  readonly classifier: Classifier;
  /** Number of the data set's classes. A fooling class after them is not a goal. */
  readonly classes: number;
  readonly encoding: EncodingDefinition<G>;
  readonly parameters: Parameters;
  readonly seeds: readonly number[];
  readonly generations: number;
  readonly offspring: number;
}

export interface FreshRuns {
  /** One list per run, with one confidence per class. */
  readonly confidences: readonly (readonly number[])[];
  /** First and last generation of every run. */
  readonly images: readonly ByteImage[];
  /** The first run's last generation. */
  readonly examples: readonly KeptElite[];
}

export async function evolveFreshRuns<G>(options: FreshRunsOptions<G>): Promise<FreshRuns> {
  const { classifier, classes, seeds, offspring, generations } = options;
  const encoding = options.encoding.create(classifier.input, options.parameters);
  // Concurrently: one run is bred and rendered while the network evaluates another.
  const runs = await Promise.all(
    seeds.map(async (seed) => {
      const kept = await evolveGenerations({ classifier, encoding, seed, offspring, generations: [0, generations] });
      const own = (generation: number): readonly KeptElite[] => (kept.get(generation) ?? []).filter(({ niche }) => niche < classes);
      return { first: own(0), last: own(generations) };
    }),
  );
  return {
    confidences: runs.map(({ last }) => last.map(({ confidence }) => confidence)),
    images: runs.flatMap(({ first, last }) => [...first, ...last].map(({ image }) => image)),
    examples: runs[0]?.last ?? [],
  };
}
