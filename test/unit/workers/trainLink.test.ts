import type { ByteImage } from "@pareidolia/core/image";
import { Purpose, Random } from "@pareidolia/core/random";
import { architectureOf, trainLink } from "@pareidolia/workers/chain/trainLink";
import { describe, expect, it } from "vitest";
import { sharedCacheFolder } from "../../support/sharedCache.ts";

function noise(index: number): ByteImage {
  const random = new Random({ seed: 1, generation: 0, index, purpose: Purpose.NOISE });
  return { width: 28, height: 28, channels: 1, pixels: Uint8Array.from({ length: 784 }, () => random.below(256)) };
}

describe("a link of a chain", () => {
  it.each([0.09, 0.41])("gives the fooling class a share of %d of the training set, not counting held-out images", async (share) => {
    const trained = await trainLink({
      model: architectureOf("small-mnist", "mnist"),
      parameters: { foolingShare: share, epochs: 1, trainingImages: 2000 },
      fooling: Array.from({ length: 20 }, (_, index) => noise(index)),
      seed: 1,
      cacheFolder: sharedCacheFolder(),
      threads: 1,
      signal: new AbortController().signal,
      onBatch: () => undefined,
    });
    expect(trained.share).toBeCloseTo(share, 2);
  });
});
