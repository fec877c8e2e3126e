/** Images per second of pure inference: batches of noise, with one always queued behind the other. */
import type { Classifier } from "@pareidolia/core/classifier";
import { type FloatImage, pixelCount } from "@pareidolia/core/image";
import { Purpose, Random } from "@pareidolia/core/random";

export function noiseBatch(classifier: Classifier, size: number): FloatImage[] {
  return Array.from({ length: size }, (_, index) => {
    const random = new Random({ seed: 1, generation: 0, index, purpose: Purpose.NOISE });
    return { ...classifier.input, pixels: Float32Array.from({ length: pixelCount(classifier.input) }, () => 255 * random.uniform()) };
  });
}

export async function measureInference(classifier: Classifier, batch: readonly FloatImage[], images: number): Promise<number> {
  const began = performance.now();
  let waiting: Promise<unknown> = Promise.resolve();
  for (let done = 0; done < images; done += batch.length) {
    const next = classifier.predict(batch);
    await waiting;
    waiting = next;
  }
  await waiting;
  return (images / (performance.now() - began)) * 1000;
}
