import { findZooModel, zooManifest } from "@pareidolia/classifiers/zoo/manifest";
import { openZooClassifier } from "@pareidolia/classifiers/zoo/openZooClassifier";
import { readListedModels } from "@pareidolia/classifiers/zoo/readListedModels";
import { describe, expect, it } from "vitest";
import { type PhotoName, readPhoto } from "../../support/photos.ts";
import { sharedCacheFolder } from "../../support/sharedCache.ts";
import { tfliteScores } from "../../support/tfliteScores.ts";

const cacheFolder = sharedCacheFolder();
/** The content of a photograph, as the first words of the label. */
const contents: Partial<Record<PhotoName, string>> = {
  "bird.bmp": "chickadee",
  "cat.bmp": "Egyptian cat",
  "dragonfly.bmp": "dragonfly",
  "hot_dog.jpg": "hotdog",
  "missvickie_potato_chips.bmp": "packet",
  "parrot.jpg": "macaw",
};
/** Photographs that the smallest network also labels incorrectly in TFLite's interpreter. */
const beyondTheSmallest: readonly PhotoName[] = ["dragonfly.bmp", "hot_dog.jpg", "missvickie_potato_chips.bmp"];
/** The largest difference due to rounding activations to 8 bits, which floats avoid. Measured: at most .066. */
const quantisation = 0.08;
// The interpreter's classes start at 1: class 0, the background, is removed here.

describe("the zoo's MobileNets", () => {
  it.each(Object.entries(tfliteScores))(
    "%s labels photographs like TFLite's interpreter, within quantisation errors",
    async (id, expected) => {
      const classifier = await openZooClassifier({ id, cacheFolder, threads: 2 });
      try {
        expect(classifier.labels).toHaveLength(1000);
        const names = Object.keys(expected) as PhotoName[];
        const photos = await Promise.all(names.map((name) => readPhoto(name, classifier.input.width)));
        const { probabilities } = await classifier.predict(photos);
        for (const [row, name] of names.entries()) {
          const scores = probabilities.subarray(row * 1000, (row + 1) * 1000);
          for (const [index, probability] of expected[name])
            expect(Math.abs((scores[index - 1] as number) - probability), `${name}: ${classifier.labels[index - 1]}`).toBeLessThan(
              quantisation,
            );
          const best = scores.indexOf(Math.max(...scores));
          const [first, second] = expected[name];
          if ((first?.[1] ?? 0) - (second?.[1] ?? 0) > 2 * quantisation) expect(best + 1, name).toBe(first?.[0]);
          const content = contents[name];
          const tooHard = id === "mobilenet-v1-0.25-128" && beyondTheSmallest.includes(name);
          if (content !== undefined && !tooHard) expect(classifier.labels[best], name).toMatch(new RegExp(`^${content}`));
        }
      } finally {
        await classifier.dispose();
      }
    },
  );
});

describe("the zoo's manifest", () => {
  it("gives every model one id, a hash, a size, a licence, and pre-processing for its own images", () => {
    expect(new Set(zooManifest.map((model) => model.id)).size).toBe(zooManifest.length);
    for (const model of zooManifest) {
      expect(model.sha256, model.id).toMatch(/^[0-9a-f]{64}$/);
      expect(model.bytes, model.id).toBeGreaterThan(0);
      expect(model.licence, model.id).not.toBe("");
      expect([model.width, model.height, model.channels]).toEqual([
        model.preprocessing.width,
        model.preprocessing.height,
        model.preprocessing.channels,
      ]);
      if (model.file.kind === "downloaded") {
        expect(model.file.sha256).toBe(model.sha256);
        for (const url of model.file.urls) expect(url, model.id).toMatch(/^https:\/\//);
      }
    }
  });

  it("lists every model with its classes if the label file is available", async () => {
    const { models, missing } = await readListedModels({ cacheFolder });
    expect(missing).toEqual([]);
    const classes = Object.fromEntries(models.map((model) => [model.id, model.labels.length]));
    expect(classes).toMatchObject({ lenet: 10, "mobilenet-v2-1.0-224": 1000, squeezenet: 1000 });
    expect(models.find((model) => model.id === "alexnet")?.labels[0]).toBe("tench, Tinca tinca");
  });

  it("includes the paper's networks", () => {
    for (const id of ["alexnet", "caffenet", "googlenet", "resnet50"]) expect(findZooModel(id)?.labels.kind).toBe("downloaded");
    expect(findZooModel("nothing")).toBeNull();
  });
});
