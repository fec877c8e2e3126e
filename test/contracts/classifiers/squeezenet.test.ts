import type { Classifier } from "@pareidolia/core/classifier";
import type { Framing } from "@pareidolia/core/preprocessing";
import { describe, expect, it } from "vitest";
import { type PhotoName, readPhoto } from "../../support/photos.ts";
import { openSqueezeNet } from "../../support/squeezenet.ts";

/** What the photographs show, in the first words of ImageNet's labels. */
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

describe("SqueezeNet, brought as a user's own file", () => {
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
});
