/**
 * Computes one generation: ask, decode, predict, tell. It is split into chunks, so that the next chunk is bred and rendered while
 * the network computes at most two others. The first chunk is small because the network idles until it is ready. Neither chunk size
 * nor order of arrival affects the result. Image buffers (one set per chunk in flight) and the memory of children that took no niche
 * are reused in the next generation.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Classifier } from "@pareidolia/core/classifier";
import type { Encoding } from "@pareidolia/core/encoding";
import { type FloatImage, pixelCount } from "@pareidolia/core/image";
import type { Individual } from "./lineage.ts";
import type { GenerationResult, MapElites } from "./mapElites.ts";

/** Chunks that the network computes concurrently. */
const inFlight = 2;

export interface GenerationInput<G> {
  readonly search: MapElites<G>;
  readonly encoding: Encoding<G>;
  readonly classifier: Classifier;
  readonly signal?: AbortSignal;
  /** Individuals per chunk. By default, a tenth of the generation, then thirds of the rest. */
  readonly chunk?: number;
}

interface Memory {
  readonly images: readonly FloatImage[][];
  readonly spares: unknown[];
}

/** Buffers by search: a search evaluates one generation at a time. */
const memories = new WeakMap<object, Memory>();

function memoryOf<G>(search: MapElites<G>): Memory & { readonly spares: G[] } {
  const memory = memories.get(search) ?? { images: Array.from({ length: inFlight }, () => []), spares: [] };
  memories.set(search, memory);
  return memory as Memory & { readonly spares: G[] };
}

/** Grows the set to at least `count` images. */
function imagesOf(set: FloatImage[], { image }: Encoding<unknown>, count: number): readonly FloatImage[] {
  while (set.length < count) set.push({ ...image, pixels: new Float32Array(pixelCount(image)) });
  return set;
}

/** The exclusive end index of each chunk. */
function chunkEnds(offspring: number, chunk: number | undefined): readonly number[] {
  const first = Math.max(1, chunk ?? Math.ceil(offspring / 10));
  const next = Math.max(1, chunk ?? Math.ceil((offspring - first) / 3));
  const ends = [];
  for (let end = first; end < offspring; end += next) ends.push(end);
  return [...ends, offspring];
}

/**
 * Advances the search by one generation.
 * @throws the signal's reason on abort, or the classifier's error. The search then stays at its last generation.
 */
export async function evaluateGeneration<G>({
  search,
  encoding,
  classifier,
  signal,
  chunk,
}: GenerationInput<G>): Promise<GenerationResult<G>> {
  if (classifier.labels.length !== search.niches)
    throw new AppError("INVALID_INPUT", `The search has ${search.niches} niches, but the network has ${classifier.labels.length} classes.`);
  const { images, spares } = memoryOf(search);
  const batch: Individual<G>[] = [];
  const probabilities = new Float32Array(search.offspring * search.niches);
  const pending: Promise<void>[] = [];
  try {
    for (const [index, to] of chunkEnds(search.offspring, chunk).entries()) {
      signal?.throwIfAborted();
      const from = batch.length;
      const individuals = search.askRange(from, to, spares);
      if (pending.length === inFlight) await pending.shift();
      const set = imagesOf(images[index % inFlight] as FloatImage[], encoding, individuals.length);
      const decoded = individuals.map(({ genome }, i) => encoding.decode(genome, set[i]));
      batch.push(...individuals);
      const scored = classifier.predict(decoded, signal).then((scores) => {
        probabilities.set(scores.probabilities, from * search.niches);
      });
      scored.catch(() => undefined); // prevents an unhandled rejection before the promise is awaited
      pending.push(scored);
    }
    while (pending.length > 0) await pending.shift();
  } finally {
    await Promise.allSettled(pending); // the network may still read the buffers
  }
  signal?.throwIfAborted();
  const result = search.tell(batch, { count: batch.length, classes: classifier.labels.length, probabilities });
  const inserted = new Set(result.replacements.map(({ elite }) => elite.genome));
  for (const { genome } of batch) if (!inserted.has(genome) && spares.length < search.offspring) spares.push(genome);
  return result;
}
