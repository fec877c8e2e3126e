import { holm } from "@pareidolia/analysis/holm";
import { Purpose, Random } from "@pareidolia/core/random";
import { differenceOfMeans } from "@pareidolia/perception/study/differenceOfMeans";
import { type DifferenceOrReason, differenceOfShares, type GroupVotes } from "@pareidolia/perception/study/differenceOfShares";
import { comparePairedShares } from "@pareidolia/perception/study/pairedComparison";
import { groupImages } from "@pareidolia/perception/study/results/imageGroups";
import { describe, expect, it } from "vitest";

function definedOf(found: DifferenceOrReason) {
  if (!found.defined) throw new Error(found.reason);
  return found;
}

const filled = (length: number, value: number): Int32Array => new Int32Array(length).fill(value);
const exactly = (estimate: number, low: number, high: number) => ({
  estimate: expect.closeTo(estimate, 10),
  low: expect.closeTo(low, 7),
  high: expect.closeTo(high, 7),
});

/** Votes as probabilities of agreement by voter and image. */
function simulate(
  random: Random,
  probability: (voter: number, image: number) => number,
  { voters, images }: { readonly voters: number; readonly images: readonly number[] },
): GroupVotes {
  const byVoter = { agreeing: filled(voters, 0), votes: filled(voters, images.length) };
  const byImage = { agreeing: filled(images.length, 0), votes: filled(images.length, voters) };
  for (let voter = 0; voter < voters; voter++)
    for (const [index, image] of images.entries()) {
      if (!random.chance(probability(voter, image))) continue;
      byVoter.agreeing[voter] = (byVoter.agreeing[voter] as number) + 1;
      byImage.agreeing[index] = (byImage.agreeing[index] as number) + 1;
    }
  return { byVoter, byImage };
}

describe("the difference between two groups of images", () => {
  const first: GroupVotes = {
    byVoter: { agreeing: Int32Array.from([4, 2, 4, 5, 4, 2]), votes: filled(6, 5) },
    byImage: { agreeing: Int32Array.from([4, 6, 4, 3, 4]), votes: filled(5, 6) },
  };
  const second: GroupVotes = {
    byVoter: { agreeing: Int32Array.from([1, 0, 1, 0, 1, 0]), votes: filled(6, 4) },
    byImage: { agreeing: Int32Array.from([0, 1, 0, 2]), votes: filled(4, 6) },
  };

  it("has the interval, p and effect size that Python computes vote by vote", () => {
    // python3 test/unit/perception/study/comparisons.py
    const found = definedOf(differenceOfShares(first, second));
    expect(found.difference).toEqual(exactly(0.575, 0.19663102411155353, 0.7620575474480918));
    expect(found.p).toBeCloseTo(0.007223465962619358, 8);
    expect(found.effect).toEqual(exactly(1.2595789250489688, 0.42993791041840623, 1.795007925391248));
  });

  it("changes its sign with the order of the groups", () => {
    const [one, other] = [definedOf(differenceOfShares(first, second)), definedOf(differenceOfShares(second, first))];
    expect(other.difference).toEqual(exactly(-one.difference.estimate, -one.difference.high, -one.difference.low));
    expect(other.p).toBeCloseTo(one.p, 12);
  });

  it("has a finite interval around 0 if all votes of both groups agree", () => {
    const all = (images: number): GroupVotes => ({
      byVoter: { agreeing: filled(6, images), votes: filled(6, images) },
      byImage: { agreeing: filled(images, 6), votes: filled(images, 6) },
    });
    const { difference, p } = definedOf(differenceOfShares(all(4), all(5)));
    expect(difference.estimate).toBe(0);
    expect(difference.low).toBeLessThan(-0.1);
    expect(difference.high).toBeGreaterThan(0.1);
    expect(p).toBe(1);
  });

  it("has a reason and the estimate for one image, and for votes too few", () => {
    const one: GroupVotes = { byVoter: first.byVoter, byImage: { agreeing: filled(1, 21), votes: filled(1, 30) } };
    expect(differenceOfShares(one, second)).toMatchObject({ defined: false, reason: expect.stringContaining("at least two images") });
    const few: GroupVotes = {
      byVoter: { agreeing: filled(6, 1), votes: filled(6, 2) },
      byImage: { agreeing: filled(2, 3), votes: filled(2, 6) },
    };
    expect(differenceOfShares(few, second)).toMatchObject({
      reason: expect.stringContaining("20 votes"),
      estimate: expect.closeTo(0.375, 12),
    });
  });

  it("stays within -1 and 1, however few the images", () => {
    for (let agreeing = 0; agreeing <= 10; agreeing++) {
      const pair = (count: number): GroupVotes => ({
        byVoter: { agreeing: Int32Array.from({ length: 10 }, (_, voter) => (voter < count ? 2 : 1)), votes: filled(10, 2) },
        byImage: { agreeing: Int32Array.of(count, 10), votes: filled(2, 10) },
      });
      const { difference, effect } = definedOf(differenceOfShares(pair(agreeing), pair(10 - agreeing)));
      expect(difference.low).toBeGreaterThanOrEqual(-1);
      expect(difference.high).toBeLessThanOrEqual(1);
      expect(Math.max(-effect.low, effect.high)).toBeLessThanOrEqual(Math.PI);
    }
  });

  it("refuses tallies of other voters", () => {
    const others = { ...second, byVoter: { agreeing: filled(2, 1), votes: filled(2, 3) } };
    expect(() => differenceOfShares(first, others)).toThrow("the same voters");
  });

  it("contains the true difference in about 95 of 100 studies with lenient voters and difficult images", () => {
    const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
    const [voters, size, simulations] = [20, 24, 400];
    const random = new Random({ seed: 5, generation: 0, index: 0, purpose: Purpose.SIMULATE });
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
    // The expected share of a group whose images have this mean, over voters and images.
    const expected = (mean: number): number => {
      let sum = 0;
      for (let k = 0; k < 40_000; k++) sum += logistic(mean + normal() * Math.sqrt(0.8 ** 2 + 1));
      return sum / 40_000;
    };
    const truth = expected(0.4) - expected(-0.6);
    let covered = 0;
    for (let simulation = 0; simulation < simulations; simulation++) {
      const leniency = Array.from({ length: voters }, () => 0.8 * normal());
      const difficulty = Array.from({ length: 2 * size }, (_, image) => normal() + (image < size ? 0.4 : -0.6));
      const probability = (voter: number, image: number): number => logistic((leniency[voter] as number) + (difficulty[image] as number));
      const images = [...difficulty.keys()];
      const { difference } = definedOf(
        differenceOfShares(
          simulate(random, probability, { voters, images: images.slice(0, size) }),
          simulate(random, probability, { voters, images: images.slice(size) }),
        ),
      );
      if (difference.low <= truth && truth <= difference.high) covered++;
    }
    expect(covered / simulations).toBeGreaterThan(0.92);
    expect(covered / simulations).toBeLessThan(0.99);
  });
});

describe("the difference between two means", () => {
  it("is Welch's, with Hedges' g, as Python computes them", () => {
    // python3 test/unit/perception/study/comparisons.py
    const found = definedOf(differenceOfMeans([0.91, 0.99, 0.999, 0.97, 0.85], [0.5, 0.73, 0.92, 0.61]));
    expect(found.difference).toEqual(exactly(0.2538, -0.01996666097563876, 0.5275666609756389));
    expect(found.p).toBeCloseTo(0.06109405977025695, 8);
    expect(found.effect).toEqual(exactly(1.7771194724106747, 0.22707048527641938, 3.32716845954493));
  });

  it("is undefined for one value, and for values that do not vary", () => {
    expect(differenceOfMeans([0.5], [0.1, 0.2])).toMatchObject({ reason: expect.stringContaining("two values"), estimate: 0.35 });
    expect(differenceOfMeans([0.5, 0.5], [0.1, 0.1])).toMatchObject({ reason: expect.stringContaining("equal"), estimate: 0.4 });
  });
});

describe("two studies of the same images", () => {
  const voters = [
    { variance: 0.002, freedom: 9 },
    { variance: 0.001, freedom: 19 },
  ] as const;
  const [shares, others] = [
    [0.9, 0.4, 0.65, 0.2, 0.75, 0.5],
    [0.7, 0.3, 0.7, 0.1, 0.5, 0.45],
  ] as const;
  const compare = (one: readonly number[], other: readonly number[]) =>
    comparePairedShares({ shares: one, voters: voters[0] }, { shares: other, voters: voters[1] }, { seed: 3, resamples: 400 });

  it("have the paired difference and correlation that Python computes", () => {
    // python3 test/unit/perception/study/comparisons.py
    const { difference, correlation } = compare(shares, others);
    expect(difference).toMatchObject({ difference: exactly(0.10833333333333336, -0.037876210363868956, 0.2545428770305357) });
    expect(difference).toMatchObject({ p: expect.closeTo(0.13774767030914337, 8) });
    // Six images are too few to resample.
    expect(correlation).toMatchObject({
      defined: false,
      reason: expect.stringContaining("at least 10 images"),
      estimate: expect.closeTo(0.9061011968559249, 12),
    });
  });

  it("have a reason instead of figures without enough images, or without variation", () => {
    expect(compare([], [])).toMatchObject({ images: 0, difference: { reason: "No image has votes in both studies." } });
    expect(compare([0.5, 0.4], [0.2, 0.1]).correlation).toMatchObject({ reason: expect.stringContaining("at least five images") });
    expect(compare([0.5, 0.5, 0.5, 0.5, 0.5], [0.2, 0.1, 0.4, 0.3, 0.3]).correlation).toMatchObject({
      reason: expect.stringContaining("the same share"),
    });
    expect(compare(shares, shares).difference).toMatchObject({ defined: false });
  });
});

describe("Holm's correction", () => {
  it("multiplies the smallest p by their number, and never lets a later one fall below an earlier", () => {
    // p.adjust(c(.01, .04, .03, .005), "holm") of R 4.3: .03 .06 .06 .02
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02].map((p) => expect.closeTo(p, 12)));
    expect(holm([0.6, 0.7])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });
});

describe("groups of images", () => {
  const image = (generation: number | null, source = "cppn", model: string | null = "LeNet") => ({
    confidence: 0.9,
    source,
    model,
    generation,
  });

  it("by generation have about as many images each, and keep a generation together", () => {
    const { groups, without } = groupImages(
      [5, 1, 1, 1, 2, 9, 9, 7, null].map((generation) => image(generation)),
      [],
      "generation",
    );
    expect(groups.map(({ from, to, images }) => [from, to, images])).toEqual([
      [1, 1, [1, 2, 3]],
      [2, 2, [4]],
      [5, 7, [0, 7]],
      [9, 9, [5, 6]],
    ]);
    expect(without).toBe(1);
    expect(groupImages([image(3), image(3)], [], "generation").groups).toEqual([{ name: "", from: 3, to: 3, images: [0, 1] }]);
  });

  it("by name are sorted by size; images without one, and the smallest groups, are counted", () => {
    const names = ["b", "a", "b", ...Array.from({ length: 12 }, (_, index) => `z${index}`)];
    const byModel = groupImages([...names.map((name) => image(1, "cppn", name)), image(1, "photograph", null)], [], "model");
    expect(byModel.groups.map(({ name }) => name).slice(0, 3)).toEqual(["b", "a", "z0"]);
    expect(byModel.groups[0]?.images).toEqual([0, 2]);
    expect(byModel).toMatchObject({ without: 1, leftOut: { groups: 2, images: 2 } });
    expect(groupImages([{ confidence: null, source: "noise" }], [], "generation").groups).toEqual([]);
  });
});
