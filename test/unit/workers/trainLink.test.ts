import type { ByteImage } from "@pareidolia/core/image";
import { Purpose, Random } from "@pareidolia/core/random";
import { holdOutFooling, weightOfShare } from "@pareidolia/core/retrainingChain";
import { architectureOf, trainLink } from "@pareidolia/workers/chain/trainLink";
import { describe, expect, it } from "vitest";
import { readFewDigits } from "../../support/fewDigits.ts";
import { sharedCacheFolder } from "../../support/sharedCache.ts";

readFewDigits();

function noise(index: number): ByteImage {
  const random = new Random({ seed: 1, generation: 0, index, purpose: Purpose.NOISE });
  return { width: 28, height: 28, channels: 1, pixels: Uint8Array.from({ length: 784 }, () => random.below(256)) };
}

describe("a link of a chain", () => {
  it.each([0.09, 0.41])("gives the fooling class a share of %d of the training set, not counting held-out images", async (share) => {
    const trained = await trainLink({
      step: {
        do: "train",
        network: 2,
        seed: 1,
        weight: weightOfShare(share),
        fooling: holdOutFooling(Array.from({ length: 20 }, (_, index) => noise(index))),
      },
      model: architectureOf("small-mnist", "mnist"),
      epochs: 1,
      trainingImages: 2000,
      cacheFolder: sharedCacheFolder(),
      signal: new AbortController().signal,
      onBatch: () => undefined,
    });
    expect(trained.share).toBeCloseTo(share, 2);
  });
});
