import type { Classifier } from "@pareidolia/core/classifier";
import type { Framing } from "@pareidolia/core/preprocessing";
import { longBars } from "@pareidolia/lab/experiments/longBars";
import { describe, expect, it } from "vitest";
import { type PhotoName, readPhoto } from "../../support/photos.ts";
import { openSqueezeNet } from "../../support/squeezenet.ts";

/** The content of the photographs, as the first words of ImageNet's labels. */
const contents: readonly [PhotoName, string][] = [
  ["bird.bmp", "chickadee"],
  ["dragonfly.bmp", "dragonfly"],
  ["hot_dog.jpg", "hotdog"],
  ["missvickie_potato_chips.bmp", "packet"],
  ["parrot.jpg", "macaw"],
];

async function bestLabels(classifier: Classifier): Promise<string[]> {
  const photos = await Promise.all(contents.map(([name]) => readPhoto(name, classifier.input.width)));
  const { probabilities, classes } = await classifier.predict(photos);
  return photos.map((_, row) => {
    const scores = probabilities.subarray(row * classes, (row + 1) * classes);
    return classifier.labels[scores.indexOf(Math.max(...scores))] ?? "";
  });
}

function norm(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

describe("SqueezeNet as a user model", () => {
  it.each<Framing>([{ kind: "whole" }, { kind: "crops", count: 1, imageSize: 256 }, { kind: "crops", count: 10, imageSize: 256 }])(
    "names what photographs show, framed as %o",
    async (framing) => {
      const classifier = await openSqueezeNet({ framing, threads: 2 });
      try {
        const labels = await bestLabels(classifier);
        for (const [index, [name, start]] of contents.entries()) expect(labels[index], name).toMatch(new RegExp(`^${start}`));
      } finally {
        await classifier.dispose();
      }
    },
  );

  it.each<Framing>([{ kind: "whole" }, { kind: "crops", count: 1, imageSize: 240 }, { kind: "crops", count: 10, imageSize: 240 }])(
    "has the gradient of its scores through pre-processing and framing, framed as %o",
    async (framing) => {
      const classifier = await openSqueezeNet({ framing, threads: 2 });
      try {
        const photo = await readPhoto("parrot.jpg", classifier.input.width);
        const weights = new Float32Array(classifier.labels.length);
        const macaw = classifier.labels.findIndex((label) => label.startsWith("macaw"));
        weights[macaw] = 1;
        const { gradients, logits } = await classifier.inputGradients([photo], { of: "log-probabilities", weights });
        const length = norm(gradients);
        const step = 4;
        const moved = [step, -step].map((size) => ({
          ...photo,
          pixels: photo.pixels.map((value, at) => value + (size * (gradients[at] as number)) / length),
        }));
        const { probabilities, classes } = await classifier.predict(moved);
        const [up, down] = [0, 1].map((row) => Math.log(probabilities[row * classes + macaw] as number));
        const slope = ((up as number) - (down as number)) / (2 * step);
        expect(slope / length, `a slope of ${slope} along a gradient of ${length}`).toBeGreaterThan(0.9);
        expect(slope / length).toBeLessThan(1.1);
        expect(logits).toHaveLength(1000);
      } finally {
        await classifier.dispose();
      }
    },
  );

  it("is the network on which the bars of the long evolution were measured", async () => {
    const classifier = await openSqueezeNet({ threads: 1 });
    await classifier.dispose();
    expect(Object.keys(longBars)).toContain(classifier.modelHash);
  });
});
