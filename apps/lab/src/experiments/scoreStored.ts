/**
 * What the elites score as they are stored: each picture rounded to bytes, as a PNG keeps it without loss, and read back.
 * Bars are held against this score; the float score that the search saw is reported beside it.
 */
import type { Classifier } from "@pareidolia/core/classifier";
import type { Encoding } from "@pareidolia/core/encoding";
import { quantiseImage, toFloatImage } from "@pareidolia/core/image";
import type { Elite } from "@pareidolia/evolution/lineage";

/** By niche; 0 where it is empty. */
export async function scoreStored<G>(input: {
  elites: readonly (Elite<G> | null)[];
  encoding: Encoding<G>;
  classifier: Classifier;
}): Promise<Float64Array> {
  const held = input.elites.flatMap((elite, niche) => (elite === null ? [] : [{ elite, niche }]));
  const images = held.map(({ elite }) => toFloatImage(quantiseImage(input.encoding.decode(elite.genome))));
  const { probabilities, classes } = await input.classifier.predict(images);
  const scores = new Float64Array(input.elites.length);
  for (const [row, { niche }] of held.entries()) scores[niche] = probabilities[row * classes + niche] as number;
  return scores;
}
