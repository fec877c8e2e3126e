import { meanImage } from "@pareidolia/classifiers/data/mnist/meanImage";
import { readMnist, splitDigits } from "@pareidolia/classifiers/data/mnist/readMnist";
import { sha256 } from "@pareidolia/classifiers/sha256";
import { Adam } from "@pareidolia/classifiers/training/adam";
import { shuffledOrder } from "@pareidolia/classifiers/training/digitBatches";
import { errorRate } from "@pareidolia/classifiers/training/errorRate";
import { trainingRecipe, trainLeNet } from "@pareidolia/classifiers/training/trainLeNet";
import { describe, expect, it } from "vitest";
import { sharedCacheFolder } from "../../support/sharedCache.ts";

const cache = { cacheFolder: sharedCacheFolder() };

describe("Adam", () => {
  it("agrees with the published algorithm over several steps", () => {
    const gradients = [0.5, -0.1, 0.02, 3];
    const weights = [Float32Array.of(1)];
    const solver = new Adam(weights);
    let expected = 1;
    let first = 0;
    let second = 0;
    for (const [index, gradient] of gradients.entries()) {
      const step = index + 1;
      first = 0.9 * first + 0.1 * gradient;
      second = 0.999 * second + 0.001 * gradient ** 2;
      expected -= (0.01 * (first / (1 - 0.9 ** step))) / (Math.sqrt(second / (1 - 0.999 ** step)) + 1e-8);
      solver.step(weights, [Float32Array.of(gradient)], 0.01);
      expect(weights[0]?.[0]).toBeCloseTo(expected, 5);
    }
    expect(expected).toBeLessThan(0.99);
  });
});

describe("an epoch's order", () => {
  it("shows every digit once, differently in each epoch and for each seed, and the same when asked again", () => {
    const order = shuffledOrder({ seed: 1, epoch: 1, count: 1000 });
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, index) => index));
    expect(shuffledOrder({ seed: 1, epoch: 1, count: 1000 })).toEqual(order);
    expect(shuffledOrder({ seed: 1, epoch: 2, count: 1000 })).not.toEqual(order);
    expect(shuffledOrder({ seed: 2, epoch: 1, count: 1000 })).not.toEqual(order);
  });
});

describe("the mean image of MNIST", () => {
  it("is the one that the paper's network subtracts: at most 139.6, 33.3 on average", async () => {
    const mean = meanImage(await readMnist("train", cache));
    expect(Math.max(...mean)).toBeCloseTo(139.6, 0);
    expect(mean.reduce((sum, value) => sum + value, 0) / mean.length).toBeCloseTo(33.3, 1);
  });
});

describe("training", () => {
  it("learns from a part of MNIST, reports each epoch, and ends in the same bytes for one seed", async () => {
    const [digits] = splitDigits(await readMnist("train", cache), trainingRecipe.validationSize + 2048);
    const [test] = splitDigits(await readMnist("t10k", cache), 1000);
    const epochs: number[] = [];
    const train = (seed: number) => trainLeNet({ digits, seed, epochs: 1, threads: 1, onEpoch: ({ epoch }) => epochs.push(epoch) });
    const first = await train(3);
    const again = await train(3);
    const other = await train(4);
    expect(epochs).toEqual([1, 1, 1]);
    expect(sha256(again.file)).toBe(sha256(first.file));
    expect(sha256(other.file)).not.toBe(sha256(first.file));
    // Guessing is wrong nine times in ten.
    expect(await errorRate({ file: first.file, digits: test, threads: 1 })).toBeLessThan(0.3);
  });
});
