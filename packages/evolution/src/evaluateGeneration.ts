/**
 * One generation through the ports: ask, decode, predict, tell. The generation goes in chunks, at most two of them in the
 * network, so that the next chunk is bred and drawn while the network works. The first is small, since the network waits
 * for it. Neither chunk size nor order of arrival changes the result. Image buffers are kept from generation to generation,
 * one set for each chunk under way, and so is the memory of children that took no niche.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Classifier } from "@pareidolia/core/classifier";
import type { Encoding } from "@pareidolia/core/encoding";
import { type FloatImage, pixelCount } from "@pareidolia/core/image";
import type { Individual } from "./lineage.ts";
import type { MapElites, Told } from "./mapElites.ts";

/** Chunks in the network at once. */
const inFlight = 2;

export interface GenerationInput<G> {
  readonly search: MapElites<G>;
  readonly encoding: Encoding<G>;
  readonly classifier: Classifier;
  readonly signal?: AbortSignal;
  /** Individuals a chunk; when absent, a tenth of the generation and then a third of the rest. */
  readonly chunk?: number;
}

interface Memory {
  readonly images: readonly FloatImage[][];
  readonly spares: unknown[];
}

/** By search, since a search is never in two generations at once. */
const kept = new WeakMap<object, Memory>();

function memoryOf<G>(search: MapElites<G>): Memory & { readonly spares: G[] } {
  const known = kept.get(search);
  const memory = known ?? { images: Array.from({ length: inFlight }, () => []), spares: [] };
  kept.set(search, memory);
  return memory as Memory & { readonly spares: G[] };
}

/** The set's first `count` images, which are made where they are missing. */
function imagesOf(set: FloatImage[], { image }: Encoding<unknown>, count: number): readonly FloatImage[] {
  while (set.length < count) set.push({ ...image, pixels: new Float32Array(pixelCount(image)) });
  return set;
}

/** Where each chunk ends. */
function chunkEnds(offspring: number, chunk: number | undefined): readonly number[] {
  const first = Math.max(1, chunk ?? Math.ceil(offspring / 10));
  const next = Math.max(1, chunk ?? Math.ceil((offspring - first) / 3));
  const ends = [];
  for (let end = first; end < offspring; end += next) ends.push(end);
  return [...ends, offspring];
}

/**
 * Advances the search by one generation.
 * @throws the signal's reason when aborted, or what the classifier threw; the search then stays at its last generation.
 */
export async function evaluateGeneration<G>({ search, encoding, classifier, signal, chunk }: GenerationInput<G>): Promise<Told<G>> {
  if (classifier.labels.length !== search.niches)
    throw new AppError("INVALID_INPUT", `The search has ${search.niches} niches, the network ${classifier.labels.length} classes.`);
  const { images, spares } = memoryOf(search);
  const batch: Individual<G>[] = [];
  const probabilities = new Float32Array(search.offspring * search.niches);
  const pending: Promise<void>[] = [];
  try {
    for (const [turn, to] of chunkEnds(search.offspring, chunk).entries()) {
      signal?.throwIfAborted();
      const from = batch.length;
      const individuals = search.askRange(from, to, spares);
      if (pending.length === inFlight) await pending.shift();
      const set = imagesOf(images[turn % inFlight] as FloatImage[], encoding, individuals.length);
      const drawn = individuals.map(({ genome }, i) => encoding.decode(genome, set[i]));
      batch.push(...individuals);
      const scored = classifier.predict(drawn, signal).then((scores) => {
        probabilities.set(scores.probabilities, from * search.niches);
      });
      scored.catch(() => undefined); // awaited in turn; this only keeps an early failure from being "unhandled"
      pending.push(scored);
    }
    while (pending.length > 0) await pending.shift();
  } finally {
    await Promise.allSettled(pending); // the network may still be reading the buffers
  }
  signal?.throwIfAborted();
  const told = search.tell(batch, { count: batch.length, classes: classifier.labels.length, probabilities });
  const taken = new Set(told.replacements.map(({ elite }) => elite.genome));
  for (const { genome } of batch) if (!taken.has(genome) && spares.length < search.offspring) spares.push(genome);
  return told;
}
