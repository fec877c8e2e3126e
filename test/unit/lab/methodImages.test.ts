/** The committed images of the method cards are genuine: LeNet gives each stored image its stated confidence. */
import { openZooClassifier } from "@pareidolia/classifiers/zoo/openZooClassifier";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { toFloatImage } from "@pareidolia/core/image";
import { decodePng } from "@pareidolia/images/png";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import images from "../../../apps/web/src/features/newRun/methodImages.json" with { type: "json" };
import { sharedCacheFolder } from "../../support/sharedCache.ts";

let lenet: DifferentiableClassifier;
beforeAll(async () => {
  lenet = await openZooClassifier({ id: images.model, cacheFolder: sharedCacheFolder(), threads: 1 });
});
afterAll(() => lenet.dispose());

describe("the images of the method cards", () => {
  it.each(["evolve", "ascend", "perturb", "retrain", "digits"] as const)("of %s have their stated confidence", async (method) => {
    for (const { png, class: target, confidence } of images[method]) {
      const image = decodePng(Buffer.from(png, "base64"));
      expect([image.width, image.height]).toEqual([lenet.input.width, lenet.input.height]);
      if (target === null || confidence === null) continue;
      const { probabilities } = await lenet.predict([toFloatImage(image)]);
      expect(probabilities[target]).toBeCloseTo(confidence, 4);
    }
  });

  it("illustrate the methods: confidence rises in an ascent, and an attack changes the label", () => {
    const confidences = (method: "evolve" | "ascend") => images[method].map(({ confidence }) => confidence);
    for (const method of ["evolve", "ascend"] as const)
      expect(confidences(method)).toEqual([...confidences(method)].sort((a, b) => Number(a) - Number(b)));
    const [original, difference, changed] = images.perturb;
    expect(difference?.confidence).toBeNull();
    expect(changed?.class).not.toBe(original?.class);
    expect(changed?.confidence).toBeGreaterThan(0.5);
    expect(images.retrain).toHaveLength(lenet.labels.length);
  });
});
