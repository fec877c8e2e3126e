/** Tests and intervals with runs or networks as units: their false positive rates, by simulation. */
import { mannWhitney, smallestP } from "@pareidolia/analysis/mannWhitney";
import { matchingTest } from "@pareidolia/analysis/matchingTest";
import { dealStatisticsWithin, permutationP } from "@pareidolia/analysis/permutation";
import { shiftInterval } from "@pareidolia/analysis/shiftInterval";
import { Purpose, Random } from "@pareidolia/core/random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const randomOf = (index: number): Random => new Random({ seed: 11, generation: 0, index, purpose: Purpose.NOISE });

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
}

/** Twice the standard error of a share of `level` among this number of simulations. */
const slack = (level: number, simulations: number): number => 2 * Math.sqrt((level * (1 - level)) / simulations);

describe("the interval of a shift", () => {
  it.each([
    [4, 0.95],
    [5, 0.95],
    [8, 0.9],
  ])(
    "covers the true shift at its nominal rate for %d networks against as many, and excludes 0 on either side at most at half the error rate",
    (size, confidence) => {
      const simulations = 1000;
      let [held, above] = [0, 0];
      for (let index = 0; index < simulations; index++) {
        const random = randomOf(index);
        const draw = (shift: number): number[] => Array.from({ length: size }, () => shift + Math.exp(normal(random)));
        const shifted = shiftInterval(draw(0.7), draw(0), confidence);
        if (shifted.low <= 0.7 && 0.7 <= shifted.high) held++;
        if (shiftInterval(draw(0), draw(0), confidence).low > 0) above++;
      }
      expect(held / simulations).toBeGreaterThan(confidence - slack(confidence, simulations));
      expect(above / simulations).toBeLessThan((1 - confidence) / 2 + slack((1 - confidence) / 2, simulations));
    },
  );

  it("runs from the smallest to the largest difference for four against four", () => {
    const interval = shiftInterval([1.1, 2.3, 3.2, 4.8], [0.4, 0.9, 1.7, 2.05]);
    expect(interval.low).toBeCloseTo(1.1 - 2.05, 12);
    expect(interval.high).toBeCloseTo(4.8 - 0.4, 12);
  });

  it("is above 0 exactly if Mann and Whitney's test finds the first sample larger", () => {
    const value = fc.noBias(fc.integer({ min: -3e8, max: 3e8 })).map((whole) => whole / 1e8);
    const values = fc.array(value, { minLength: 4, maxLength: 7 });
    fc.assert(
      fc.property(values, values, (first, second) => {
        // Values and differences closer than rounding errors are ties.
        const differences = first.flatMap((a) => second.map((b) => a - b)).sort((a, b) => a - b);
        fc.pre(differences.every((value, k) => Math.abs(value) > 1e-9 && (k === 0 || value - (differences[k - 1] as number) > 1e-9)));
        expect(shiftInterval(first, second).low > 0).toBe(mannWhitney(first, second, "greater").p <= 0.025);
        const [there, back] = [shiftInterval(first, second), shiftInterval(second, first)];
        expect(there.low).toBeCloseTo(-back.high, 9);
        expect(there.low).toBeLessThanOrEqual(there.estimate);
      }),
    );
  });

  it("uses the test's distribution given ties, so that 0 is never inside where the test rejects it", () => {
    // By the distribution without ties, the interval would reach from 0 to 2.
    expect(shiftInterval([1, 1, 1, 2, 1], [1, 0, 0, 0, 0])).toEqual({ estimate: 1, low: 1, high: 1 });
    expect(mannWhitney([1, 1, 1, 2, 1], [1, 0, 0, 0, 0], "greater").p).toBeLessThan(0.025);
    const values = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 5, maxLength: 8 });
    fc.assert(
      fc.property(values, values, fc.constantFrom(1, 0.1), (first, second, unit) => {
        const of = (list: readonly number[]): number[] => list.map((value) => value * unit);
        const { low, high, estimate } = shiftInterval(of(first), of(second));
        const isLarger = mannWhitney(first, second, "greater").p <= 0.025;
        expect(isLarger ? low >= -1e-9 : low <= 1e-9).toBe(true);
        expect(low).toBeLessThanOrEqual(estimate);
        expect(high).toBeGreaterThanOrEqual(estimate);
        expect(shiftInterval(of(second), of(first)).high).toBeCloseTo(-low, 9);
      }),
    );
  });

  it("rejects samples that are too small to exclude anything", () => {
    expect(() => shiftInterval([1, 1, 1], [4, 4, 6])).toThrow("too small");
    expect(() => shiftInterval([1, 2, 3], [4, 5, 6])).toThrow("too small");
  });

  it("agrees with the smallest p of two samples", () => {
    expect(smallestP(5, 5)).toBeCloseTo(1 / 252, 12);
    expect(smallestP(8, 8)).toBeCloseTo(1 / 12_870, 14);
    expect(smallestP(3, 3)).toBeCloseTo(mannWhitney([4, 5, 6], [1, 2, 3], "greater").p, 12);
  });
});

/** A run's images of 40 classes as points, with weights for the influence of run and class. */
function distancesOfRuns(random: Random, runs: number, byRun: number, byClass: number): number[][] {
  const classes = Array.from({ length: 40 }, () => normal(random));
  const points = Array.from({ length: runs }, () => {
    // One offset for all classes of a run, like that of a common ancestor.
    const mark = normal(random);
    const draw = () => classes.map((center) => byClass * center + byRun * mark + normal(random));
    return { best: draw(), next: draw() };
  });
  return points.map(({ best }) =>
    points.map(({ next }) => best.reduce((sum, value, c) => sum + Math.abs(value - (next[c] as number)), 0) / best.length),
  );
}

describe("the matching test of runs", () => {
  it.each([0, 3])("keeps its false positive rate below its level if only the class matters (weight %d)", (byClass) => {
    const simulations = 1000;
    let found = 0;
    for (let index = 0; index < simulations; index++) if (matchingTest(distancesOfRuns(randomOf(index), 5, 0, byClass)).p <= 0.05) found++;
    expect(found / simulations).toBeLessThanOrEqual(0.05 + slack(0.05, simulations));
    expect(found).toBeGreaterThan(0);
  });

  it("detects the influence of the run", () => {
    let found = 0;
    for (let index = 0; index < 100; index++) if (matchingTest(distancesOfRuns(randomOf(index), 5, 2, 1)).p <= 0.05) found++;
    expect(found).toBeGreaterThan(70);
  });

  it("counts every permutation once", () => {
    const apart = (count: number) =>
      Array.from({ length: count }, (_, row) => Array.from({ length: count }, (_, column) => (row === column ? 0 : 1)));
    for (const [count, orders] of [
      [2, 2],
      [3, 6],
      [5, 120],
      [6, 720],
    ] as const)
      expect(matchingTest(apart(count))).toEqual({ own: 0, others: 1, p: 1 / orders });
    expect(matchingTest(apart(4).map((row) => row.map(() => 0.5))).p).toBe(1);
    expect(() => matchingTest([[1]])).toThrow("2 and 8");
    expect(() => matchingTest([[1, 2], [3]])).toThrow("square");
  });
});

describe("deals within groups", () => {
  it("permute only within groups, each permutation equally likely", () => {
    const groups = ["a", "b", "a", "b", "a"];
    const counts = new Map<string, number>();
    dealStatisticsWithin(
      groups,
      (deal) => {
        for (const [place, from] of deal.entries()) expect(groups[from]).toBe(groups[place]);
        counts.set(deal.join(), (counts.get(deal.join()) ?? 0) + 1);
        return 0;
      },
      { seed: 1, deals: 6000 },
    );
    expect(counts.size).toBe(12);
    for (const count of counts.values()) expect(Math.abs(count - 500)).toBeLessThan(100);
  });

  it("give a valid p if groups differ but labels do not matter within them", () => {
    const simulations = 400;
    const groups = Array.from({ length: 12 }, (_, i) => (i < 6 ? "direct" : "cppn"));
    const isOwn = groups.map((_, i) => (i % 6 < 2 ? 1 : 0));
    let found = 0;
    for (let index = 0; index < simulations; index++) {
      const random = randomOf(index);
      const values = groups.map((group) => (group === "direct" ? 5 : 0) + normal(random));
      const statistic = (deal: Uint32Array): number =>
        deal.reduce((sum, from, place) => sum + (isOwn[place] as number) * (values[from] as number), 0);
      const dealt = dealStatisticsWithin(groups, statistic, { seed: index, deals: 199 });
      if (permutationP(statistic(Uint32Array.from(groups.keys())), dealt, "greater") <= 0.05) found++;
    }
    expect(found / simulations).toBeLessThanOrEqual(0.05 + slack(0.05, simulations));
  });
});
