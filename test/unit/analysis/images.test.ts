import { ablate, cutIntoRegions, shareOfLowered } from "@pareidolia/analysis/ablation";
import { classDifficulty, competition } from "@pareidolia/analysis/difficulty";
import { coarseStructure, meanDistance, structuralDistance } from "@pareidolia/analysis/diversity";
import { goalSwitches, type PhylogenyNode, relatedNiches } from "@pareidolia/analysis/phylogeny";
import { oncePerImage, summariseTransfer } from "@pareidolia/analysis/transfer";
import type { Classifier } from "@pareidolia/core/classifier";
import type { ByteImage } from "@pareidolia/core/image";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

function grey(width: number, height: number, at: (x: number, y: number) => number): ByteImage {
  return {
    width,
    height,
    channels: 1,
    pixels: Uint8Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width))),
  };
}

/** Class 1's probability is the brightness of the left half; class 0 gets the rest. */
const leftBrightness: Classifier = {
  modelHash: "left",
  engine: "by hand",
  input: { width: 8, height: 8, channels: 1 },
  labels: ["dark", "bright"],
  predict: (images) => {
    const probabilities = new Float32Array(images.length * 2);
    for (const [index, { pixels, width }] of images.entries()) {
      const left = pixels.filter((_, i) => i % width < width / 2);
      const bright = left.reduce((sum, value) => sum + value, 0) / left.length / 255;
      probabilities.set([1 - bright, bright], index * 2);
    }
    return Promise.resolve({ count: images.length, classes: 2, probabilities });
  },
  dispose: () => Promise.resolve(),
};

describe("ablation of regions", () => {
  it("finds the regions that the confidence depends on", async () => {
    const image = grey(8, 8, (x) => (x < 4 ? 200 : 0));
    const { confidence, regions, loweredShare } = await ablate({
      image,
      classIndex: 1,
      classifier: leftBrightness,
      regions: 4,
      paint: "mean",
    });
    expect(confidence).toBeCloseTo(200 / 255, 6);
    for (const region of regions) expect(region.drop).toBeCloseTo(region.x < 4 ? (100 / 255) * (4 / 32) : 0, 6);
    expect(loweredShare).toBe(0.5);
  });

  it("counts a region whose removal lowers the confidence by one point or more", () => {
    const region = { x: 0, y: 0, width: 1, height: 1, confidence: 0.5 };
    expect(shareOfLowered([0.01, 0.0099, 1e-6, -0.02].map((drop) => ({ ...region, drop })))).toBe(0.25);
  });

  it("covers every pixel once for any size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.nat(), (width, height, n) => {
        const regions = cutIntoRegions({ width, height }, 1 + (n % Math.min(width, height)));
        const times = new Uint8Array(width * height);
        for (const { x, y, width: w, height: h } of regions)
          for (let row = y; row < y + h; row++)
            for (let column = x; column < x + w; column++) times[row * width + column] = (times[row * width + column] ?? 0) + 1;
        expect(times.every((value) => value === 1)).toBe(true);
        expect(regions.every((region) => region.width > 0 && region.height > 0)).toBe(true);
      }),
    );
  });

  it("rejects an unknown class and more regions than pixels", async () => {
    const image = grey(8, 8, () => 0);
    const rest = { image, classifier: leftBrightness, paint: "grey" } as const;
    await expect(ablate({ ...rest, classIndex: 2, regions: 2 })).rejects.toThrow("no class 2");
    await expect(ablate({ ...rest, classIndex: 1, regions: 9 })).rejects.toThrow("1 to 8 regions");
  });
});

describe("diversity", () => {
  const stripes = grey(32, 32, (x) => (x % 8 < 4 ? 250 : 5));
  const bars = grey(32, 32, (_, y) => (y % 8 < 4 ? 250 : 5));
  const negative = grey(32, 32, (x) => (x % 8 < 4 ? 5 : 250));
  const flat = grey(32, 32, () => 77);

  it("is 0 for equal structure, 1 for unrelated, 2 for a negative", () => {
    const [a, b, c, d] = [stripes, bars, negative, flat].map(coarseStructure) as [Float64Array, Float64Array, Float64Array, Float64Array];
    expect(structuralDistance(a, a)).toBeCloseTo(0, 12);
    expect(structuralDistance(a, b)).toBeCloseTo(1, 12);
    expect(structuralDistance(a, c)).toBeCloseTo(2, 12);
    expect(structuralDistance(a, d)).toBe(1);
    expect(structuralDistance(d, d)).toBe(0);
  });

  it("ignores brightness and contrast", () => {
    const faint = grey(32, 32, (x) => (x % 8 < 4 ? 140 : 120));
    expect(structuralDistance(coarseStructure(stripes), coarseStructure(faint))).toBeCloseTo(0, 6);
  });

  it("averages over all pairs of images, and needs at least two of the same shape", () => {
    expect(meanDistance([stripes, stripes, bars])).toBeCloseTo(2 / 3, 12);
    expect(() => meanDistance([stripes])).toThrow("at least two");
    expect(() => meanDistance([stripes, { ...stripes, channels: 3, pixels: new Uint8Array(32 * 32 * 3) }])).toThrow("same shape");
  });
});

describe("phylogeny", () => {
  const node = (id: string, generation: number, parentIds: string[], niches: number[], current: number[] = []): PhylogenyNode => ({
    id,
    generation,
    parentIds,
    niches,
    current,
  });
  const nodes = [
    node("a", 0, [], [0, 1]),
    node("b", 3, ["a"], [1, 2], [1]),
    node("c", 5, ["b"], [2], [2]),
    node("d", 6, ["a", "c"], [0], [0]),
    node("e", 0, [], [3], [3]),
  ];

  it("counts as a goal switch a niche taken by a child whose first parent never held it", () => {
    expect(goalSwitches(nodes)).toEqual([{ niche: 2, from: [0, 1], childId: "b", parentId: "a", generation: 3 }]);
  });

  it("rejects a cyclic ancestry", () => {
    expect(() => relatedNiches([node("x", 1, ["y"], [0], [0]), node("y", 1, ["x"], [1], [1])])).toThrow("cycle");
  });

  it("measures relatedness by shared ancestors", () => {
    const related = new Map(relatedNiches(nodes).map(({ first, second, relatedness }) => [`${first}-${second}`, relatedness]));
    expect(related.get("1-2")).toBeCloseTo(2 / 3, 12);
    expect(related.get("0-1")).toBeCloseTo(1 / 3, 12);
    expect(related.get("0-3")).toBe(0);
    expect(related.size).toBe(6);
  });
});

describe("class difficulty", () => {
  it("counts competing classes by their probabilities", () => {
    const easy = classDifficulty({ classIndex: 0, probabilities: [0.9999, 0.0001, 0, 0] });
    const hard = classDifficulty({ classIndex: 1, probabilities: [0.2, 0.4, 0.2, 0.2] });
    expect(easy).toMatchObject({ rival: 1, neighbours: 1 });
    expect(hard.neighbours).toBeCloseTo(3, 12);
    expect(hard.rivalConfidence).toBe(0.2);
    expect(classDifficulty({ classIndex: 0, probabilities: [1, 0] }).neighbours).toBe(0);
    expect(competition([easy, hard])).toBeCloseTo(-1, 12);
    expect(() => classDifficulty({ classIndex: 4, probabilities: [1, 0] })).toThrow("no class 4");
  });
});

describe("transfer between two networks", () => {
  it("counts images that fool both, with intervals", () => {
    const image = (otherTopClass: number, otherConfidence: number, sourceConfidence = 0.99995) => ({
      targetClass: 3,
      sourceTopClass: 3,
      sourceConfidence,
      otherTopClass,
      otherConfidence,
    });
    const summary = summariseTransfer([image(3, 0.99999), image(3, 0.6), image(5, 0.01), image(5, 0.2, 0.9)]);
    expect(summary.sameTop.estimate).toBe(0.5);
    expect(summary.fooled.estimate).toBe(0.5);
    expect(summary.sameTopSurely.estimate).toBe(0.25);
    expect(summary.confidentOnBoth.estimate).toBe(0.25);
    expect(summary.confidentOnSourceOnly.estimate).toBe(0.5);
    expect(summary.sameTop.low).toBeLessThan(0.5);
    expect(summary.otherConfidence.find(({ probability }) => probability === 0.5)?.value).toBeCloseTo(0.4, 12);
    expect(() => summariseTransfer([])).toThrow("no images");
  });

  it("counts an image with many classes once, for the class with the highest source confidence", () => {
    const elite = (address: string, targetClass: number, sourceConfidence: number) => ({
      address,
      targetClass,
      sourceTopClass: 2,
      sourceConfidence,
      otherTopClass: 2,
      otherConfidence: 0.1,
    });
    const lump = Array.from({ length: 110 }, (_, niche) => elite("0:1", niche, niche === 2 ? 0.3 : 0.001));
    const once = oncePerImage([...lump, elite("1:5", 200, 0.4)], ({ address }) => address);
    expect(once).toEqual([elite("0:1", 2, 0.3), elite("1:5", 200, 0.4)]);
    expect(summariseTransfer(once)).toMatchObject({ images: 2, sameTop: { estimate: 1 }, fooled: { estimate: 0.5 } });
  });
});
