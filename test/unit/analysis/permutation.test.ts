import { bandTest } from "@pareidolia/analysis/bandTest";
import { classDifficulty, competition } from "@pareidolia/analysis/difficulty";
import { mannWhitney } from "@pareidolia/analysis/mannWhitney";
import { mantelTest } from "@pareidolia/analysis/mantel";
import { nearCompetition } from "@pareidolia/analysis/nearCompetition";
import { dealStatistics, permutationP } from "@pareidolia/analysis/permutation";
import { type PhylogenyNode, relatedNiches } from "@pareidolia/analysis/phylogeny";
import { rankCorrelation } from "@pareidolia/analysis/rankCorrelation";
import { Purpose, Random } from "@pareidolia/core/random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

function randomOf(index: number): Random {
  return new Random({ seed: 5, generation: 0, index, purpose: Purpose.NOISE });
}

/** 0 to count - 1 in a random order. */
function shuffled(count: number, random: Random): readonly number[] {
  return Array.from({ length: count }, (_, place) => ({ place, key: random.uniform() }))
    .sort((a, b) => a.key - b.key)
    .map(({ place }) => place);
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
}

const shareBelow = (values: readonly number[], bound: number): number => values.filter((value) => value <= bound).length / values.length;

describe("a deal of labels", () => {
  it("is a uniformly random permutation, reproducible by its seed", () => {
    const counts = new Map<string, number>();
    dealStatistics(
      3,
      (deal) => {
        counts.set(deal.join(), (counts.get(deal.join()) ?? 0) + 1);
        return 0;
      },
      { seed: 1, deals: 6000 },
    );
    expect([...counts.keys()].sort()).toEqual(["0,1,2", "0,2,1", "1,0,2", "1,2,0", "2,0,1", "2,1,0"]);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
    const draw = (seed: number) => dealStatistics(9, (deal) => deal[0] as number, { seed, deals: 20 });
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(() => dealStatistics(3, () => 0, { seed: 1, deals: 0 })).toThrow("at least one deal");
  });

  it("counts deals that are as extreme in the given direction, and never gives p = 0", () => {
    const dealt = Float64Array.of(1, 2, 3, 4);
    expect(permutationP(3, dealt, "greater")).toBe(3 / 5);
    expect(permutationP(3, dealt, "less")).toBe(4 / 5);
    expect(permutationP(9, dealt, "greater")).toBe(1 / 5);
    expect(permutationP(0.3, Float64Array.of(0.1 + 0.2), "less")).toBe(1);
  });
});

/** Elites without parents: the first holds the first classes of the order, the others share the rest evenly. */
function lumpyLineage(order: readonly number[], lump: number, others: number): readonly PhylogenyNode[] {
  const groups = [
    order.slice(0, lump),
    ...Array.from({ length: others }, (_, k) => order.slice(lump).filter((_niche, i) => i % others === k)),
  ];
  return groups.map((niches, k) => ({ id: String(k), generation: 0, parentIds: [], niches, current: niches }));
}

describe("Mantel's test of descent against class numbers", () => {
  const classes = 200;

  it("has a uniform p if one elite holds 110 classes and labels are unrelated to descent", () => {
    const ps: number[] = [];
    const naive: number[] = [];
    for (let index = 0; index < 200; index++) {
      const pairs = relatedNiches(lumpyLineage(shuffled(classes, randomOf(index)), 110, 30));
      ps.push(mantelTest(pairs, { seed: index, deals: 99 }).p);
      const distances = (kin: boolean) =>
        pairs.filter(({ relatedness }) => (relatedness === 1) === kin).map(({ first, second }) => second - first);
      if (index < 60) naive.push(mannWhitney(distances(true), distances(false), "less").p);
    }
    for (const bound of [0.05, 0.1, 0.25, 0.5, 0.75, 0.9]) expect(Math.abs(shareBelow(ps, bound) - bound)).toBeLessThan(0.1);
    expect(shareBelow(ps, 0.01)).toBeLessThan(0.035);
    // The result of treating the pairs of the same lineages as independent.
    expect(shareBelow(naive, 0.01)).toBeGreaterThan(0.1);
  });

  it("has a small p if neighbours share an elite, besides the same large elite", () => {
    const [lump, rest] = [shuffled(classes, randomOf(1)).slice(0, 110), new Set(shuffled(classes, randomOf(1)).slice(110))];
    const inOrder = Array.from({ length: classes }, (_, niche) => niche).filter((niche) => rest.has(niche));
    const nodes = [lump, ...Array.from({ length: 30 }, (_, k) => inOrder.slice(3 * k, 3 * k + 3))].map((niches, k) => ({
      id: String(k),
      generation: 0,
      parentIds: [],
      niches,
      current: niches,
    }));
    // The large elite relates 5,995 pairs at random, the thirty families relate 90 close ones.
    const families = relatedNiches(nodes).map((pair) => ({ ...pair, relatedness: lump.includes(pair.first) ? 0 : pair.relatedness }));
    expect(mantelTest(families, { seed: 1 }).p).toBe(0.001);
    const blocks = relatedNiches(
      lumpyLineage(
        Array.from({ length: classes }, (_, niche) => niche),
        110,
        1,
      ),
    );
    expect(mantelTest(blocks, { seed: 1 })).toMatchObject({ p: 0.001 });
    expect(
      mantelTest(
        blocks.map((pair) => ({ ...pair, relatedness: 1 - pair.relatedness })),
        { seed: 1 },
      ).p,
    ).toBe(1);
  });

  it("uses Spearman's correlation over the pairs, and matches the exact p for few classes", () => {
    const pairs = [
      [0, 1, 0.9],
      [0, 4, 0.2],
      [0, 9, 0],
      [1, 4, 0.5],
      [1, 9, 0],
      [4, 9, 0.1],
    ].map(([first, second, relatedness]) => ({ first, second, relatedness }) as { first: number; second: number; relatedness: number });
    const { correlation, p } = mantelTest(pairs, { seed: 3, deals: 9999 });
    const expected = rankCorrelation(
      pairs.map(({ relatedness }) => relatedness),
      pairs.map(({ first, second }) => second - first),
    );
    expect(correlation).toBeCloseTo(expected, 12);
    // 1 of the 24 orders of four classes is as low.
    expect(Math.abs(p - 1 / 24)).toBeLessThan(0.006);
  });

  it("stays within its bounds, is reproducible by its seed, and is inconclusive if all pairs are equally related", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 12 }), fc.nat(1000), (groups, seed) => {
        const nodes = [0, 1, 2, 3].map((group) => {
          const current = [...groups.keys()].filter((niche) => groups[niche] === group).map((niche) => 3 * niche + 1);
          return { id: String(group), generation: 0, parentIds: [], niches: current, current };
        });
        const result = mantelTest(relatedNiches(nodes), { seed, deals: 19 });
        expect(result).toEqual(mantelTest(relatedNiches(nodes), { seed, deals: 19 }));
        expect(result.p).toBeGreaterThanOrEqual(1 / 20);
        expect(result.p).toBeLessThanOrEqual(1);
        expect(Math.abs(result.correlation)).toBeLessThanOrEqual(1 + 1e-12);
        if (new Set(groups).size === 1) expect(result).toEqual({ correlation: 0, p: 1 });
      }),
      { numRuns: 50 },
    );
    expect(() => mantelTest(relatedNiches([]), { seed: 1 })).toThrow("at least three classes");
  });
});

describe("competition with near classes", () => {
  const classes = 60;
  const options = { reach: 3, seed: 1, deals: 99 };

  /** The best of this many images for each class. Some images are flat, some steep; only `lift` correlates logits. */
  function evolved(index: number, images: number, lift: (logits: Float64Array, random: Random) => void) {
    const random = randomOf(index);
    const scores = Array.from({ length: images }, () => {
      const steepness = 0.5 + 3 * random.uniform();
      const logits = Float64Array.from({ length: classes }, () => steepness * normal(random));
      lift(logits, random);
      const powers = logits.map(Math.exp);
      const sum = powers.reduce((total, power) => total + power, 0);
      return powers.map((power) => power / sum);
    });
    return Array.from({ length: classes }, (_, classIndex) => ({
      classIndex,
      probabilities: scores.reduce((best, row) => ((row[classIndex] as number) > (best[classIndex] as number) ? row : best)),
    }));
  }

  it("has a uniform p for logits without structure, although confident elites spread the remaining probability less", () => {
    const results = Array.from({ length: 100 }, (_, index) => {
      const scores = evolved(index, 30, () => {});
      return { ...nearCompetition(scores, { ...options, seed: index }), entropy: competition(scores.map(classDifficulty)) };
    });
    for (const side of ["share", "correlation"] as const) {
      const ps = results.map((result) => result[side].p);
      for (const bound of [0.1, 0.25, 0.5, 0.75, 0.9]) expect(Math.abs(shareBelow(ps, bound) - bound), side).toBeLessThan(0.14);
      expect(shareBelow(ps, 0.01), side).toBeLessThan(0.05);
    }
    // In all of them the effective number of neighbours correlates with low confidence, so its sign alone proves nothing.
    expect(results.filter(({ entropy }) => entropy < 0).length).toBeGreaterThan(95);
    const dealt = results.reduce((sum, { correlation }) => sum + correlation.dealt, 0) / results.length;
    expect(dealt).toBeLessThan(-0.05);
  });

  it("has a uniform p on few classes, most of which are near", () => {
    const few = 10;
    const results = Array.from({ length: 400 }, (_, index) => {
      const random = randomOf(index);
      const scores = Array.from({ length: few }, (_row, classIndex) => {
        const rests = Array.from({ length: few }, (_other, other) => (other === classIndex ? 0 : -Math.log(1 - random.uniform())));
        const sum = rests.reduce((total, rest) => total + rest, 0);
        return { classIndex, probabilities: rests.map((rest, other) => (other === classIndex ? 0.5 : (0.5 * rest) / sum)) };
      });
      return nearCompetition(scores, { reach: 2, seed: index, deals: 99 }).share.p;
    });
    for (const bound of [0.05, 0.1, 0.25, 0.5, 0.75]) expect(Math.abs(shareBelow(results, bound) - bound)).toBeLessThan(0.07);
  });

  it("divides the remaining probability even if float32 rounds the confidence to 1", () => {
    const sure = { classIndex: 0, probabilities: Float32Array.of(1, 3e-8, 1e-9) };
    const other = { classIndex: 1, probabilities: Float32Array.of(3e-8, 1, 1e-9) };
    expect(nearCompetition([sure, other], { reach: 1, seed: 1 }).share.observed).toBeCloseTo((30 / 31 + 1) / 2, 6);
  });

  it("detects classes that share logits with near classes, and their lower confidence", () => {
    // The first half in families of six with a shared strong logit each; the second half without families, equally strong.
    const scores = evolved(1, 200, (logits, random) => {
      for (let family = 0; family < classes / 2; family += 6) {
        const common = 6 * normal(random);
        for (let member = family; member < family + 6; member++) logits[member] = (logits[member] as number) + common;
      }
      for (let single = classes / 2; single < classes; single++) logits[single] = (logits[single] as number) + 6 * normal(random);
    });
    const { share, correlation } = nearCompetition(scores, { ...options, reach: 5 });
    expect(share).toMatchObject({ p: 0.01 });
    expect(share.observed).toBeGreaterThan(2 * share.dealt);
    expect(correlation.p).toBeLessThan(0.05);
    expect(correlation.observed).toBeLessThan(correlation.dealt);
  });

  it("counts near classes without the class itself, and needs two classes of one network", () => {
    const scores = [
      { classIndex: 0, probabilities: [0.5, 0.3, 0.2] },
      { classIndex: 2, probabilities: [0.1, 0.1, 0.8] },
    ];
    expect(nearCompetition(scores, { reach: 1, seed: 1 }).share.observed).toBeCloseTo((0.3 / 0.5 + 0.1 / 0.2) / 2, 12);
    expect(nearCompetition(scores, { reach: 2, seed: 1 }).share).toMatchObject({ observed: expect.closeTo(1, 12) });
    expect(() => nearCompetition(scores.slice(1), { reach: 1, seed: 1 })).toThrow("two classes");
    expect(() => nearCompetition([...scores, { classIndex: 3, probabilities: [0, 0, 1] }], { reach: 1, seed: 1 })).toThrow("one network");
  });
});

describe("the test of a band", () => {
  it("compares the band's position with all positions of the ring", () => {
    const values = [5, 5, 1, 1, 5, 5, 5, 5, 5, 2];
    expect(bandTest(values, { from: 2, to: 3 })).toEqual({ meanRank: 1.5, p: 1 / 10 });
    expect(bandTest(values, { from: 3, to: 4 }).p).toBe(3 / 10);
    expect(bandTest(values, { from: 5, to: 6 }).p).toBe(1);
    expect(() => bandTest(values, { from: 9, to: 10 })).toThrow("no band");
  });

  it("has a uniform p on autocorrelated values, unlike a test that assumes independence", () => {
    const band = { from: 20, to: 39 };
    const ps: number[] = [];
    const naive: number[] = [];
    for (let index = 0; index < 300; index++) {
      const random = randomOf(index);
      const stretches = Array.from({ length: 10 }, () => normal(random));
      const turn = random.below(200);
      const values = Array.from(
        { length: 200 },
        (_, i) => (stretches[Math.floor(((i + turn) % 200) / 20)] as number) + 0.1 * normal(random),
      );
      ps.push(bandTest(values, band).p);
      naive.push(mannWhitney(values.slice(20, 40), [...values.slice(0, 20), ...values.slice(40)], "less").p);
    }
    for (const bound of [0.05, 0.25, 0.5, 0.75, 0.95]) expect(Math.abs(shareBelow(ps, bound) - bound)).toBeLessThan(0.09);
    expect(shareBelow(ps, 0.01)).toBeLessThan(0.035);
    expect(shareBelow(naive, 0.01)).toBeGreaterThan(0.2);
  });
});
