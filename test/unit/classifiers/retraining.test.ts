import { imagesOfOneClass, joinImages, type LabelledImages, splitImages, toByteImage } from "@pareidolia/classifiers/data/labelledImages";
import { mnist } from "@pareidolia/classifiers/data/mnist/mnist";
import { getOwnModel } from "@pareidolia/classifiers/training/ownModels";
import { type RetrainingOptions, retrainIteration } from "@pareidolia/classifiers/training/retrainIteration";
import { type ByteImage, pixelCount } from "@pareidolia/core/image";
import { holdOutFooling } from "@pareidolia/core/retrainingChain";
import { smallMnist } from "@pareidolia/onnx/graphs/smallMnist";
import { beforeAll, describe, expect, it } from "vitest";
import { sharedCacheFolder } from "../../support/sharedCache.ts";

/** Stripes, unlike any digit. */
const stripes = Array.from({ length: 40 }, (_, index): ByteImage => {
  const pixels = Uint8Array.from({ length: 784 }, (_, i) => (((i % 28) + index) % 4 < 2 ? 255 : 0));
  return { width: 28, height: 28, channels: 1, pixels };
});

let options: RetrainingOptions;
beforeAll(async () => {
  const data = await mnist.read({ cacheFolder: sharedCacheFolder() });
  const first = (set: LabelledImages, count: number): LabelledImages => splitImages(set, count)[0];
  options = {
    network: smallMnist,
    data: { ...data, fitted: first(data.fitted, 1500), validation: first(data.validation, 200), test: first(data.test, 300) },
    recipe: { ...getOwnModel("small-mnist").recipe, solver: "adam", learningRate: 0.003, schedule: "linear", epochs: 2 },
    fooling: holdOutFooling(stripes),
    weight: 180 / 1500,
    seed: 1,
  };
});

describe("retraining a network", () => {
  it("learns an additional class: it recognises fooling images, and still recognises digits", async () => {
    const { classes, testError, foolingError, share, epochs } = await retrainIteration(options);
    expect(classes).toBe(11);
    expect(epochs).toBe(2);
    expect(foolingError).toBe(0);
    expect(testError).toBeLessThan(0.4);
    // 36 of the 40 are trained on, five times each.
    expect(share).toBeCloseTo(180 / 1680, 12);
  });

  it("stops when aborted, and refuses too few images or a class without weight", async () => {
    const reason = new Error("enough");
    await expect(retrainIteration({ ...options, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await expect(retrainIteration({ ...options, fooling: holdOutFooling(stripes.slice(0, 9)) })).rejects.toMatchObject({
      field: "fooling",
    });
    await expect(retrainIteration({ ...options, weight: 0 })).rejects.toMatchObject({ field: "weight" });
    const wrongSize = [...stripes.slice(1), { width: 2, height: 2, channels: 1, pixels: new Uint8Array(4) } as const];
    await expect(retrainIteration({ ...options, fooling: holdOutFooling(wrongSize) })).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });
});

describe("sets of images", () => {
  const shape = { width: 2, height: 1, channels: 3 } as const;
  const testImage = (start: number): ByteImage => ({ ...shape, pixels: Uint8Array.from({ length: 6 }, (_, i) => start + i) });

  it("store images channel by channel, and return them unchanged", () => {
    const set = imagesOfOneClass([testImage(0), testImage(10)], shape, 4);
    expect([...set.images]).toEqual([0, 3, 1, 4, 2, 5, 10, 13, 11, 14, 12, 15]);
    expect([...set.labels]).toEqual([4, 4]);
    expect(set.classes).toBe(5);
    expect(toByteImage(set, 1)).toEqual(testImage(10));
  });

  it("are joined in order, and split at the given size", () => {
    const joined = joinImages([imagesOfOneClass([testImage(0)], shape, 0), imagesOfOneClass([testImage(10), testImage(20)], shape, 7)]);
    expect(joined).toMatchObject({ count: 3, classes: 8 });
    expect([...joined.labels]).toEqual([0, 7, 7]);
    const [head, tail] = splitImages(joined, 1);
    expect([head.count, tail.count]).toEqual([1, 2]);
    expect(toByteImage(tail, 1)).toEqual(testImage(20));
    expect(head.images).toHaveLength(pixelCount(shape));
  });
});
