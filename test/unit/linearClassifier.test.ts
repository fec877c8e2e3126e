import type { GradientOutput } from "@pareidolia/core/differentiableClassifier";
import type { FloatImage } from "@pareidolia/core/image";
import { Purpose, Random } from "@pareidolia/core/random";
import { describe, expect, it } from "vitest";
import { createLinearClassifier } from "../support/linearClassifier.ts";

const input = { width: 3, height: 2, channels: 3 } as const;
const classes = 4;
const classifier = createLinearClassifier({ input, classes });
const random = new Random({ seed: 3, generation: 0, index: 0, purpose: Purpose.NOISE });
const drawn = (length: number, scale: number): Float32Array => Float32Array.from({ length }, () => scale * random.uniform());
const images: FloatImage[] = [0, 1].map(() => ({ ...input, pixels: drawn(18, 255) }));
const weights = drawn(2 * classes, 2).map((value) => value - 1);

function weighted(of: GradientOutput, scores: { logits: Float32Array; probabilities: Float32Array }, row: number): number {
  const outputs = { logits: scores.logits, probabilities: scores.probabilities, "log-probabilities": scores.probabilities.map(Math.log) }[
    of
  ];
  return outputs
    .subarray(row * classes, (row + 1) * classes)
    .reduce((sum, value, c) => sum + value * (weights[row * classes + c] as number), 0);
}

describe("the tests' linear classifier", () => {
  it.each(["logits", "log-probabilities", "probabilities"] as const)(
    "has a gradient of %s that agrees with finite differences",
    async (of) => {
      const { gradients } = await classifier.inputGradients(images, { of, weights });
      const step = 8;
      for (const [row, image] of images.entries())
        for (const place of [0, 7, 17]) {
          const moved = (by: number): FloatImage => ({ ...image, pixels: image.pixels.with(place, (image.pixels[place] as number) + by) });
          const [above, below] = [await classifier.scoreWithLogits([moved(step)]), await classifier.scoreWithLogits([moved(-step)])];
          const shifted = (scores: typeof above) => ({
            logits: shift(scores.logits, row),
            probabilities: shift(scores.probabilities, row),
          });
          const difference = (weighted(of, shifted(above), row) - weighted(of, shifted(below), row)) / (2 * step);
          expect(Math.abs((gradients[row * 18 + place] as number) - difference)).toBeLessThan(1e-5);
        }
    },
  );
});

/** One row of scores at the row that `weighted` reads. */
function shift(values: Float32Array, row: number): Float32Array {
  const placed = new Float32Array(2 * classes);
  placed.set(values, row * classes);
  return placed;
}
