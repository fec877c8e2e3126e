import { toFloatImage } from "@pareidolia/core/image";
import { directEncoding } from "@pareidolia/encodings/direct/directEncoding";
import { evolveArchive, evolveOnce, startSearch } from "@pareidolia/lab/experiments/evolvedArchive";
import { watchNetwork } from "@pareidolia/lab/experiments/networkShare";
import { resizeImage } from "@pareidolia/lab/experiments/resizeImage";
import { describe, expect, it } from "vitest";
import { createLinearClassifier } from "../../support/linearClassifier.ts";

describe("an archive evolved for analysis", () => {
  const classifier = createLinearClassifier({ input: { width: 6, height: 6, channels: 1 }, classes: 4 });
  const recipe = {
    classifier,
    encoding: directEncoding,
    parameters: directEncoding.presets[0]?.values ?? {},
    seed: 3,
    generations: 8,
    offspring: 20,
  };

  it("has the network's scores of the stored bytes", async () => {
    const { elites } = await evolveArchive(recipe, () => {});
    const { probabilities } = await classifier.predict(elites.map(({ image }) => toFloatImage(image)));
    expect(elites.map(({ niche }) => niche)).toEqual([0, 1, 2, 3]);
    for (const [row, elite] of elites.entries()) {
      expect([...elite.probabilities]).toEqual([...probabilities.subarray(row * 4, row * 4 + 4)]);
      expect(elite.confidence).toBe(elite.probabilities[elite.niche]);
    }
  });

  it("renders and scores an individual once for any number of niches", async () => {
    const shown: number[] = [];
    const watched = {
      ...classifier,
      predict: (...given: Parameters<typeof classifier.predict>) => (shown.push(given[0].length), classifier.predict(...given)),
    };
    const { elites } = await evolveArchive({ ...recipe, classifier: watched, generations: 0, offspring: 3 }, () => {});
    const holders = new Set(elites.map(({ address: { generation, index } }) => `${generation}:${index}`));
    expect(holders.size).toBeLessThan(elites.length);
    expect(shown.at(-1)).toBe(holders.size);
    expect(new Set(elites.map(({ image }) => image)).size).toBe(holders.size);
  });

  it("records all past and current holders of niches", async () => {
    const { nodes, elites, generations } = await evolveArchive(recipe, () => {});
    expect(generations).toHaveLength(9);
    expect(nodes.flatMap(({ current }) => current).sort((a, b) => a - b)).toEqual([0, 1, 2, 3]);
    for (const { niche, address } of elites) {
      const id = `${address.generation}:${address.index}`;
      const holder = nodes.find((node) => node.id === id);
      expect(holder?.niches).toContain(niche);
    }
  });

  it("is studied at several generations of one search as if each had a search of its own", async () => {
    const images: number[] = [];
    const watched = {
      ...classifier,
      predict: (...given: Parameters<typeof classifier.predict>) => (images.push(given[0].length), classifier.predict(...given)),
    };
    const [middle, last] = await Promise.all([3, 8].map((generations) => evolveOnce({ ...recipe, generations }, () => {})));
    const search = startSearch({ ...recipe, classifier: watched }, () => {});
    const reached = [await search.reach(3), await search.reach(8)];
    expect(reached).toEqual([middle, last]);
    const studied = reached.map(({ nodes }) => nodes.filter(({ current }) => current.length > 0).length);
    // Nine generations of 20 individuals, and the elites of both archives.
    expect(images.reduce((sum, count) => sum + count, 0)).toBe(9 * 20 + studied.reduce((sum, count) => sum + count, 0));
  });

  it("is evolved once for any number of requests", async () => {
    expect(await evolveArchive(recipe, () => {})).toBe(await evolveArchive({ ...recipe }, () => {}));
    expect(await evolveArchive({ ...recipe, seed: 4 }, () => {})).not.toBe(await evolveArchive(recipe, () => {}));
  });
});

describe("the network's share of a search's time", () => {
  it("is the union of its calls; overlaps count once", async () => {
    let clock = 0;
    const ends: (() => void)[] = [];
    const inner = createLinearClassifier({ input: { width: 2, height: 2, channels: 1 }, classes: 2 });
    const slow = { ...inner, predict: () => new Promise<never>((_, reject) => ends.push(() => reject(new Error("over")))) };
    const { classifier, share } = watchNetwork(slow, () => clock);
    expect(share()).toBeNull();
    const calls = [classifier.predict([]), classifier.predict([])].map((call) => call.catch(() => {}));
    clock = 4;
    for (const end of ends.splice(0)) end();
    await Promise.all(calls);
    expect(share()).toBe(1);
    clock = 8;
    const last = classifier.predict([]).catch(() => {});
    clock = 10;
    for (const end of ends.splice(0)) end();
    await last;
    expect(share()).toBe(0.6);
  });
});

describe("resizing an image for another network", () => {
  const image = { width: 2, height: 2, channels: 1, pixels: Float32Array.of(0, 100, 0, 100) } as const;

  it("interpolates between pixel centres and keeps the edges", () => {
    expect([...resizeImage(image, { width: 4, height: 1, channels: 1 }).pixels]).toEqual([0, 25, 75, 100]);
  });

  it("returns an image of the right size unchanged, and rejects other channels", () => {
    expect(resizeImage(image, { width: 2, height: 2, channels: 1 })).toBe(image);
    expect(() => resizeImage(image, { width: 2, height: 2, channels: 3 })).toThrow("colour network");
  });
});
