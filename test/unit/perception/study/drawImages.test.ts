/** A study's images are drawn by its rule: the same rule and candidates give the same images. */
import { type Candidate, drawImages } from "@pareidolia/perception/study/drawImages";
import { draftFromTemplate } from "@pareidolia/perception/study/studyDraft";
import { describe, expect, it } from "vitest";

const rule = { ...draftFromTemplate("zhouFirestoneE1", 7).selection, take: null };
const hash = (index: number): string => index.toString(16).padStart(64, "0");
const candidates: Candidate[] = Array.from({ length: 40 }, (_, index) => ({
  image: hash(index),
  label: index % 10,
  confidence: ((index * 17) % 40) / 40,
}));
const imagesOf = (drawn: readonly Candidate[]): string[] => drawn.map(({ image }) => image);

describe("the images of a study", () => {
  it("are all that match, without a number, the surest first", () => {
    const drawn = drawImages(candidates, [], rule);
    expect(new Set(imagesOf(drawn))).toEqual(new Set(imagesOf(candidates)));
    expect(drawn.map(({ confidence }) => confidence)).toEqual(drawn.map(({ confidence }) => confidence).toSorted((a, b) => b - a));
  });

  it("do not depend on the order of the candidates", () => {
    const some = { ...rule, take: 12 };
    expect(drawImages(candidates.toReversed(), [], some)).toEqual(drawImages(candidates, [], some));
  });

  it("differ with the seed, and are as many as asked for", () => {
    const draw = (seed: number): string[] => imagesOf(drawImages(candidates, [], { ...rule, take: 12, seed }));
    expect(draw(1)).toHaveLength(12);
    expect(draw(1)).not.toEqual(draw(2));
  });

  it("are drawn evenly: over many seeds, each candidate is drawn about as often", () => {
    const counts = new Map(imagesOf(candidates).map((image) => [image, 0]));
    for (let seed = 0; seed < 4000; seed++)
      for (const { image } of drawImages(candidates, [], { ...rule, take: 10, seed })) counts.set(image, (counts.get(image) ?? 0) + 1);
    // 1,000 draws are expected of each, with a standard deviation of 27.4.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * 27.4);
  });

  it("are the surest of each niche if one each is wanted", () => {
    const drawn = drawImages(candidates, [], { ...rule, oneEachNiche: true });
    expect(drawn).toHaveLength(10);
    for (const { label, confidence } of drawn)
      expect(confidence).toBe(Math.max(...candidates.filter((other) => other.label === label).map((other) => other.confidence)));
  });

  it("contain an image with several labels once, with the label of which the network is surest", () => {
    const twice = [
      { image: hash(1), label: 3, confidence: 0.4 },
      { image: hash(1), label: 5, confidence: 0.6 },
    ];
    expect(drawImages(twice, [], rule)).toEqual([twice[1]]);
  });

  it("include those chosen by hand, and none that was left out", () => {
    const chosen = candidates.slice(0, 3);
    const excluded = [hash(1), hash(20)];
    const drawn = imagesOf(drawImages(candidates, chosen, { ...rule, take: 5, excluded }));
    expect(drawn).toHaveLength(5);
    expect(drawn).toEqual(expect.arrayContaining([hash(0), hash(2)]));
    expect(drawn).not.toContain(hash(1));
    expect(drawn).not.toContain(hash(20));
    expect(new Set(drawn).size).toBe(5);
  });
});
