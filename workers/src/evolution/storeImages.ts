/**
 * Draws the images of elites, stores them and scores the stored bytes: decode the genome, quantise, encode as PNG, put, decode the PNG,
 * predict. Objects are stored before rows, so that no row references a missing object.
 */
import { createHash } from "node:crypto";
import type { Classifier } from "@pareidolia/core/classifier";
import type { Encoding } from "@pareidolia/core/encoding";
import { quantiseImage, toFloatImage } from "@pareidolia/core/image";
import type { Elite } from "@pareidolia/evolution/lineage";
import { decodePng, encodePng } from "@pareidolia/images/png";
import type { NewGenome } from "@pareidolia/persistence/lab/genomes/writeGenomes";
import { genomeKey, imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { type RetryOptions, withRetries } from "../withRetries.ts";

export interface StoreImagesOptions {
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

/** Genomes of up to this many bytes are stored in their row. */
const maxInlineSize = 4096;
/** Images drawn before the event loop runs again. */
const drawBatchSize = 16;
/** Objects per `putMany`, for stores that have it. */
const putBatchSize = 256;

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
  if (genome.bytes.length <= maxInlineSize) return [png];
  return [png, { key: genomeKey(genome.sha256), bytes: genome.bytes, contentType: "application/octet-stream" }];
}

/** Retries each object separately, so that an unreliable store need not repeat successful puts. */
async function putEach(objects: readonly NewObject[], { objectStore, retry }: StoreImagesOptions): Promise<void> {
  await Promise.all(objects.map(({ key, bytes, contentType }) => withRetries(() => objectStore.put(key, bytes, { contentType }), retry)));
}

async function scoreStored(drawn: readonly Drawn[], { encoding, classifier, retry }: StoreImagesOptions): Promise<NewGenome[]> {
  const images = drawn.map(({ image }) => toFloatImage(decodePng(image.png)));
  const { classes, probabilities } = await classifier.predict(images, retry.signal);
  return drawn.map(({ elite, genome, image }, i) => ({
    generation: elite.generation,
    index: elite.index,
    sha256: genome.sha256,
    byteLength: genome.bytes.length,
    bytes: genome.bytes.length > maxInlineSize ? null : genome.bytes,
    parents: elite.parents,
    image: { ...encoding.image, sha256: image.sha256, byteLength: image.png.length },
    probabilities: probabilities.slice(i * classes, (i + 1) * classes),
  }));
}

export async function storeImages(elites: readonly Elite<unknown>[], options: StoreImagesOptions): Promise<NewGenome[]> {
  const { objectStore, encoding, retry } = options;
  const genomes: NewGenome[] = [];
  let pending: NewObject[] = [];
  for (let from = 0; from < elites.length; from += drawBatchSize) {
    retry.signal.throwIfAborted();
    const drawn = elites.slice(from, from + drawBatchSize).map((elite) => draw(elite, encoding));
    const objects = drawn.flatMap(objectsOf);
    if (objectStore.putMany === undefined) {
      const [scored] = await Promise.all([scoreStored(drawn, options), putEach(objects, options)]);
      genomes.push(...scored);
      continue;
    }
    pending.push(...objects);
    genomes.push(...(await scoreStored(drawn, options)));
    if (pending.length < putBatchSize && from + drawBatchSize < elites.length) continue;
    const batch = pending;
    await withRetries(async () => objectStore.putMany?.(batch), retry);
    pending = [];
  }
  return genomes;
}
