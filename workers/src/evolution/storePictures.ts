/**
 * Turns elites into stored pictures and scores what is stored: draw, quantise, encode, put, decode the file's bytes again,
 * predict. Objects come before rows, so no row ever names an object that is not there.
 */
import { createHash } from "node:crypto";
import type { Classifier } from "@pareidolia/core/classifier";
import type { Encoding } from "@pareidolia/core/encoding";
import { quantiseImage, toFloatImage } from "@pareidolia/core/image";
import type { Elite } from "@pareidolia/evolution/lineage";
import { genomeKey, imageKey, type ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import { decodePng, encodePng } from "@pareidolia/persistence/png";
import type { NewGenome } from "@pareidolia/persistence/runs/writePictures";
import { type RetryOptions, retrying } from "../retrying.ts";

export interface PictureStudio {
  readonly encoding: Encoding<unknown>;
  readonly classifier: Classifier;
  readonly objectStore: ObjectStore;
  /** For each object on its own: of many puts to a store that is unwell, those that succeeded stay done. */
  readonly retry: RetryOptions;
}

interface Drawn {
  readonly elite: Elite<unknown>;
  readonly genome: { readonly sha256: string; readonly bytes: Uint8Array };
  readonly image: { readonly sha256: string; readonly png: Uint8Array };
}

/** Genomes up to this many bytes lie in their row. */
const largestInline = 4096;
/** Pictures drawn in one go, before the event loop gets its turn and the next ones are drawn. */
const batchSize = 64;

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function draw(elite: Elite<unknown>, encoding: Encoding<unknown>): Drawn {
  const bytes = encoding.serialise(elite.genome);
  const png = encodePng(quantiseImage(encoding.decode(elite.genome)));
  return { elite, genome: { sha256: sha256Of(bytes), bytes }, image: { sha256: sha256Of(png), png } };
}

async function put({ genome, image }: Drawn, { objectStore, retry }: PictureStudio): Promise<void> {
  await retrying(() => objectStore.put(imageKey(image.sha256), image.png, { contentType: "image/png" }), retry);
  if (genome.bytes.length > largestInline)
    await retrying(() => objectStore.put(genomeKey(genome.sha256), genome.bytes, { contentType: "application/octet-stream" }), retry);
}

async function storeBatch(elites: readonly Elite<unknown>[], studio: PictureStudio): Promise<NewGenome[]> {
  const { encoding, classifier, retry } = studio;
  const drawn = elites.map((elite) => draw(elite, encoding));
  const stored = Promise.all(drawn.map((one) => put(one, studio)));
  const seen = drawn.map(({ image }) => toFloatImage(decodePng(image.png)));
  const [scores] = await Promise.all([classifier.predict(seen, retry.signal), stored]);
  return drawn.map(({ elite, genome, image }, i) => ({
    generation: elite.generation,
    index: elite.index,
    sha256: genome.sha256,
    byteLength: genome.bytes.length,
    bytes: genome.bytes.length > largestInline ? null : genome.bytes,
    parents: elite.parents,
    image: { ...encoding.image, sha256: image.sha256, byteLength: image.png.length },
    probabilities: scores.probabilities.slice(i * scores.classes, (i + 1) * scores.classes),
  }));
}

export async function storePictures(elites: readonly Elite<unknown>[], studio: PictureStudio): Promise<NewGenome[]> {
  const genomes: NewGenome[] = [];
  for (let from = 0; from < elites.length; from += batchSize) {
    studio.retry.signal.throwIfAborted();
    genomes.push(...(await storeBatch(elites.slice(from, from + batchSize), studio)));
  }
  return genomes;
}
