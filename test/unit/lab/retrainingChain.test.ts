import { type LabelledImages, splitImages } from "@pareidolia/classifiers/data/labelledImages";
import { mnist } from "@pareidolia/classifiers/data/mnist/mnist";
import { getOwnModel } from "@pareidolia/classifiers/training/ownModels";
import { openZooClassifier } from "@pareidolia/classifiers/zoo/openZooClassifier";
import type { Classifier } from "@pareidolia/core/classifier";
import { directEncoding } from "@pareidolia/encodings/direct/directEncoding";
import { evolveGenerations } from "@pareidolia/lab/experiments/evolvedGenerations";
import { retrainPairs } from "@pareidolia/lab/experiments/retrainedPairs";
import { retrainChain } from "@pareidolia/lab/experiments/retrainingChain";
import { fromExactJson, toExactJson } from "@pareidolia/lab/keptResults/exactJson";
import type { Keep } from "@pareidolia/lab/keptResults/keep";
import { describe, expect, it } from "vitest";
import { sharedCacheFolder } from "../../support/sharedCache.ts";

const cacheFolder = sharedCacheFolder();
const first = (set: LabelledImages, count: number): LabelledImages => splitImages(set, count)[0];

async function smallStudy(classifier: Classifier) {
  const data = await mnist.read({ cacheFolder });
  const model = getOwnModel("small-mnist");
  return {
    model,
    first: classifier,
    firstTestError: 0.0123,
    data: { ...data, fitted: first(data.fitted, 256), validation: first(data.validation, 50), test: first(data.test, 50) },
    recipe: { ...model.recipe, epochs: 1 },
    encoding: directEncoding,
    parameters: {},
    generations: 1,
    offspring: 20,
    seed: 1,
    onProgress: () => undefined,
  };
}

describe("a chain of retrained networks", () => {
  it("evolves against each network, adds two images per class and run, and trains the next network with a fooling class", async () => {
    const classifier = await openZooClassifier({ id: "lenet", cacheFolder, threads: 1 });
    try {
      // With 256 digits, these weights repeat each of 36 images twice, then each of 72 images three times.
      const links = [0, 72 / 256, 216 / 256].map((weight) => ({ runs: 2, weight }));
      const { networks, hashes, hash } = await retrainChain({ ...(await smallStudy(classifier)), links });
      expect(hashes.map(({ network, model }) => [network, model === null])).toEqual([
        [1, true],
        [2, false],
        [3, false],
      ]);
      expect(hash).toMatch(/^[0-9a-f]{64}$/);
      expect(networks.map(({ network, foolingImages, share }) => [network, foolingImages, share])).toEqual([
        [1, 0, 0],
        [2, 40, 72 / 328],
        [3, 80, 216 / 472],
      ]);
      expect(networks.map(({ foolingError }) => foolingError === null)).toEqual([true, false, false]);
      expect(networks[0]?.testError).toBe(0.0123);
      for (const { confidences, examples } of networks) {
        // The figures exclude the fooling class, although the search has a niche for it.
        expect(confidences.map((run) => run.length)).toEqual([10, 10]);
        expect(examples.map(({ niche }) => niche)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      }
    } finally {
      await classifier.dispose();
    }
  });
});

describe("pairs of retrained networks", () => {
  it("are separate networks, which share neither weights nor fooling images", async () => {
    const classifier = await openZooClassifier({ id: "lenet", cacheFolder, threads: 1 });
    try {
      const pairs = await retrainPairs({ ...(await smallStudy(classifier)), pairs: 2, foolingRuns: 1, runs: 1, weight: 36 / 256 });
      expect(pairs.first.confidences).toHaveLength(2);
      expect(pairs.retrained.map(({ foolingImages, share }) => [foolingImages, share])).toEqual([
        [20, 36 / 292],
        [20, 36 / 292],
      ]);
      expect(pairs.controls.map(({ foolingImages, share, foolingError }) => [foolingImages, share, foolingError])).toEqual([
        [0, 0, null],
        [0, 0, null],
      ]);
      const all = [...pairs.retrained, ...pairs.controls].map(({ confidences }) => JSON.stringify(confidences));
      expect(new Set(all).size).toBe(4);
    } finally {
      await classifier.dispose();
    }
  });
});

describe("kept trainings and runs", () => {
  it("continue a study with the same networks and figures, whichever part was finished, and no training is repeated", async () => {
    const classifier = await openZooClassifier({ id: "lenet", cacheFolder, threads: 1 });
    try {
      const parts = new Map<string, string>();
      const lines: string[] = [];
      const study = { ...(await smallStudy(classifier)), onProgress: (line: string) => lines.push(line) };
      const keep: Keep = async (unit, compute) => {
        const known = parts.get(unit);
        if (known !== undefined) return fromExactJson(JSON.parse(known)) as Awaited<ReturnType<typeof compute>>;
        const value = await compute();
        parts.set(unit, JSON.stringify(toExactJson(value)));
        return value;
      };
      const options = { ...study, pairs: 1, foolingRuns: 1, runs: 1, weight: 36 / 256 };
      const whole = await retrainPairs(options);
      expect(await retrainPairs({ ...options, keep })).toEqual(whole);
      const units = [...parts.keys()].sort();
      expect(units).toEqual([
        "small-mnist, DNN_1, pair 1, runs",
        "small-mnist, DNN_2, pair 1, runs",
        "small-mnist, DNN_2, pair 1, training",
        "small-mnist, control, pair 1, runs",
        "small-mnist, control, pair 1, training",
      ]);
      for (const missing of units.filter((unit) => unit.endsWith("runs"))) {
        parts.delete(missing);
        lines.length = 0;
        expect(await retrainPairs({ ...options, keep })).toEqual(whole);
        expect(lines.filter((line) => line.includes("epoch"))).toEqual([]);
        expect(parts.has(missing)).toBe(true);
      }
    } finally {
      await classifier.dispose();
    }
  });
});

describe("kept generations", () => {
  it("are the requested generations, with elites scored on their stored bytes, and never get worse", async () => {
    const classifier = await openZooClassifier({ id: "lenet", cacheFolder, threads: 1 });
    try {
      const encoding = directEncoding.create(classifier.input, { pixels: "8-bit" });
      const kept = await evolveGenerations({ classifier, encoding, seed: 1, offspring: 20, generations: [0, 3] });
      expect([...kept.keys()]).toEqual([0, 3]);
      const [before = [], after = []] = [...kept.values()];
      expect(before.map(({ niche }) => niche)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      for (const [index, { confidence }] of after.entries()) expect(confidence).toBeGreaterThanOrEqual(before[index]?.confidence ?? 1);
    } finally {
      await classifier.dispose();
    }
  });
});
