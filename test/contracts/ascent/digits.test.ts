/** Ascents and attacks on the zoo's LeNet, evaluated by its scores of the stored bytes. */
import { runAttack } from "@pareidolia/ascent/perturbation/runAttack";
import { getAscent, getAttack } from "@pareidolia/ascent/registry";
import { runAscent } from "@pareidolia/ascent/runAscent";
import { readMnist } from "@pareidolia/classifiers/data/mnist/readMnist";
import { openZooClassifier } from "@pareidolia/classifiers/zoo/openZooClassifier";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { toFloatImage } from "@pareidolia/core/image";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sharedCacheFolder } from "../../support/sharedCache.ts";

let lenet: DifferentiableClassifier;

beforeAll(async () => {
  lenet = await openZooClassifier({ id: "lenet", cacheFolder: sharedCacheFolder(), threads: 1 });
});
afterAll(() => lenet.dispose());

describe("gradient ascent on LeNet", () => {
  it.each(["paper-unregularised", "adam-log-posterior"])(
    "reaches near certainty for all ten digits within 500 images with %s",
    async (id) => {
      const definition = getAscent("gradient-ascent");
      const ascent = definition.create({
        shape: lenet.input,
        classes: 10,
        pairs: Array.from({ length: 10 }, (_, classIndex) => ({ classIndex, seed: 1 })),
        parameters: { ...definition.presets.find((preset) => preset.id === id)?.values, iterations: 500, targetConfidence: 0.9999 },
      });
      await runAscent({ ascent, classifier: lenet });
      const images = ascent.results.map(({ milestones }) => milestones.find(({ level }) => level === 0.9999)?.image);
      expect(images.every((image) => image !== undefined)).toBe(true);
      const { probabilities } = await lenet.predict(images.flatMap((image) => (image === undefined ? [] : [toFloatImage(image)])));
      for (let digit = 0; digit < 10; digit++) expect(probabilities[digit * 10 + digit]).toBeGreaterThanOrEqual(0.9999);
    },
  );
});

describe("targeted attacks on LeNet", () => {
  it.each([
    ["pgd", { epsilon: 64 }],
    ["lbfgs", { iterations: 30, searchSteps: 4 }],
    ["carlini-wagner", { iterations: 60, learningRate: 0.1, initialWeight: 1 }],
  ])("turn each digit into the next with %s", async (id, parameters) => {
    const { images, labels, shape } = await readMnist("t10k", { cacheFolder: sharedCacheFolder() });
    const cases = Array.from({ length: 5 }, (_, index) => ({
      image: { ...shape, pixels: Uint8Array.from(images.subarray(index * 784, (index + 1) * 784)) },
      source: labels[index] as number,
      target: ((labels[index] as number) + 1) % 10,
      seed: 1,
    }));
    const results = await runAttack({ attack: getAttack(id), classifier: lenet, cases, parameters });
    expect(results.map(({ predicted }) => predicted)).toEqual(cases.map(({ target }) => target));
    for (const { distances } of results) {
      if (id === "pgd") expect(distances.linf).toBeLessThanOrEqual(64);
      else expect(distances.l2).toBeLessThan(1000);
    }
  });
});
