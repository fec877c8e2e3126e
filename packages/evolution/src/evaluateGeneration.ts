/**
 * One generation through the ports: ask, decode, predict, tell. The generation goes in chunks, at most two of them in the
 * network, so that the next chunk is bred and drawn while the network works. Neither chunk size nor order of arrival
 * changes the result. Image buffers are kept from generation to generation, one set for each chunk under way.
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
  /** Individuals a chunk; a quarter of the generation when absent. */
  readonly chunk?: number;
}

/** Buffers by search, since a search is never in two generations at once. */
const keptBuffers = new WeakMap<object, FloatImage[][]>();

function buffersFor<G>(search: MapElites<G>, encoding: Encoding<G>, chunk: number): FloatImage[][] {
  const kept = keptBuffers.get(search);
  const first = kept?.[0]?.[0];
  if (kept !== undefined && kept[0]?.length === chunk && first?.pixels.length === pixelCount(encoding.image)) return kept;
  const buffers = Array.from({ length: inFlight }, () =>
    Array.from({ length: chunk }, () => ({ ...encoding.image, pixels: new Float32Array(pixelCount(encoding.image)) })),
  );
  keptBuffers.set(search, buffers);
  return buffers;
}

/**
 * Advances the search by one generation.
 * @throws the signal's reason when aborted, or what the classifier threw; the search then stays at its last generation.
 */
export async function evaluateGeneration<G>({ search, encoding, classifier, signal, chunk }: GenerationInput<G>): Promise<Told<G>> {
  if (classifier.labels.length !== search.niches)
    throw new AppError("INVALID_INPUT", `The search has ${search.niches} niches, the network ${classifier.labels.length} classes.`);
  const size = Math.max(1, Math.min(chunk ?? Math.ceil(search.offspring / 4), search.offspring));
  const buffers = buffersFor(search, encoding, size);
  const batch: Individual<G>[] = [];
  const probabilities = new Float32Array(search.offspring * search.niches);
  const pending: Promise<void>[] = [];
  try {
    for (let from = 0, turn = 0; from < search.offspring; from += size, turn++) {
      signal?.throwIfAborted();
      const individuals = search.askRange(from, Math.min(from + size, search.offspring));
      if (pending.length === inFlight) await pending.shift();
      const set = buffers[turn % inFlight] as FloatImage[];
      const images = individuals.map(({ genome }, i) => encoding.decode(genome, set[i] as FloatImage));
      batch.push(...individuals);
      const scored = classifier.predict(images, signal).then((scores) => {
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
  return search.tell(batch, { count: batch.length, classes: classifier.labels.length, probabilities });
}
