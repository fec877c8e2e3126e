/**
 * Scores the stored elites: each image is rounded to bytes, as in a lossless PNG, and read back. Bars apply to this score; the float
 * score of the search is reported too.
 */
import type { Classifier } from "@pareidolia/core/classifier";
import type { Encoding } from "@pareidolia/core/encoding";
import { type ByteImage, quantiseImage, toFloatImage } from "@pareidolia/core/image";
import type { Elite } from "@pareidolia/evolution/lineage";

/** By niche; 0 and null for an empty niche. */
export async function scoreStored<G>(input: {
  elites: readonly (Elite<G> | null)[];
  encoding: Encoding<G>;
  classifier: Classifier;
}): Promise<{ readonly scores: Float64Array; readonly images: readonly (ByteImage | null)[] }> {
  const images = input.elites.map((elite) => (elite === null ? null : quantiseImage(input.encoding.decode(elite.genome))));
  const held = images.flatMap((image, niche) => (image === null ? [] : [{ image, niche }]));
  const { probabilities, classes } = await input.classifier.predict(held.map(({ image }) => toFloatImage(image)));
  const scores = new Float64Array(images.length);
  for (const [row, { niche }] of held.entries()) scores[niche] = probabilities[row * classes + niche] as number;
  return { scores, images };
}
