/**
 * Turns elites into stored images and scores what is stored: draw, quantise, encode, put, decode the file's bytes again,
 * predict. Objects come before rows, so no row ever names an object that is not there.
 */
import { createHash } from "node:crypto";
import type { Classifier } from "@pareidolia/core/classifier";
import type { Encoding } from "@pareidolia/core/encoding";
import { quantiseImage, toFloatImage } from "@pareidolia/core/image";
import type { Elite } from "@pareidolia/evolution/lineage";
import { decodePng, encodePng } from "@pareidolia/images/png";
import type { NewGenome } from "@pareidolia/persistence/genomes/writeGenomes";
import { genomeKey, imageKey, type ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import { type RetryOptions, retrying } from "../retrying.ts";

export interface ImageStudio {
  readonly encoding: Encoding<unknown>;
  readonly classifier: Classifier;
  readonly objectStore: ObjectStore;
  readonly retry: RetryOptions;
}

interface Drawn {
  readonly elite: Elite<unknown>;
  readonly genome: { readonly sha256: string; readonly bytes: Uint8Array };
  readonly image: { readonly sha256: string; readonly png: Uint8Array };
}

/** Genomes up to this many bytes lie in their row. */
const largestInline = 4096;
/** Images drawn in one go, before the event loop gets its turn and the next ones are drawn. */
const drawnAtOnce = 16;
/** Objects put together, where the store can. */
const putTogether = 256;

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function draw(elite: Elite<unknown>, encoding: Encoding<unknown>): Drawn {
  const bytes = encoding.serialise(elite.genome);
  const png = encodePng(quantiseImage(encoding.decode(elite.genome)));
  return { elite, genome: { sha256: sha256Of(bytes), bytes }, image: { sha256: sha256Of(png), png } };
}

interface NewObject {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

function objectsOf({ genome, image }: Drawn): readonly NewObject[] {
  const png = { key: imageKey(image.sha256), bytes: image.png, contentType: "image/png" };
  if (genome.bytes.length <= largestInline) return [png];
  return [png, { key: genomeKey(genome.sha256), bytes: genome.bytes, contentType: "application/octet-stream" }];
}

/** Each on its own: of many puts to a store that is unwell, those that succeeded stay done. */
async function putEach(objects: readonly NewObject[], { objectStore, retry }: ImageStudio): Promise<void> {
  await Promise.all(objects.map(({ key, bytes, contentType }) => retrying(() => objectStore.put(key, bytes, { contentType }), retry)));
}

async function scoreStored(drawn: readonly Drawn[], { encoding, classifier, retry }: ImageStudio): Promise<NewGenome[]> {
  const seen = drawn.map(({ image }) => toFloatImage(decodePng(image.png)));
  const { classes, probabilities } = await classifier.predict(seen, retry.signal);
  return drawn.map(({ elite, genome, image }, i) => ({
    generation: elite.generation,
    index: elite.index,
    sha256: genome.sha256,
    byteLength: genome.bytes.length,
    bytes: genome.bytes.length > largestInline ? null : genome.bytes,
    parents: elite.parents,
    image: { ...encoding.image, sha256: image.sha256, byteLength: image.png.length },
    probabilities: probabilities.slice(i * classes, (i + 1) * classes),
  }));
}

export async function storeImages(elites: readonly Elite<unknown>[], studio: ImageStudio): Promise<NewGenome[]> {
  const { objectStore, encoding, retry } = studio;
  const genomes: NewGenome[] = [];
  let waiting: NewObject[] = [];
  for (let from = 0; from < elites.length; from += drawnAtOnce) {
    retry.signal.throwIfAborted();
    const drawn = elites.slice(from, from + drawnAtOnce).map((elite) => draw(elite, encoding));
    const objects = drawn.flatMap(objectsOf);
    if (objectStore.putMany === undefined) {
      const [scored] = await Promise.all([scoreStored(drawn, studio), putEach(objects, studio)]);
      genomes.push(...scored);
      continue;
    }
    waiting.push(...objects);
    genomes.push(...(await scoreStored(drawn, studio)));
    if (waiting.length < putTogether && from + drawnAtOnce < elites.length) continue;
    const together = waiting;
    await retrying(async () => objectStore.putMany?.(together), retry);
    waiting = [];
  }
  return genomes;
}
