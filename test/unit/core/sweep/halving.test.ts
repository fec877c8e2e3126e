/** Successive halving: its rungs, and which points continue. */
import { decideRung, keptOf, mostEvaluations, pointsOfRungs, type RungEntry, rungsBelow } from "@pareidolia/core/sweep/halving";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const eta = fc.integer({ min: 2, max: 10 });
const result = fc.double({ min: 0, max: 7.5, noNaN: true });
const entries = fc
  .array(fc.array(result, { maxLength: 5 }), { minLength: 1, maxLength: 60 })
  .map((points) => points.map((results, point): RungEntry => ({ point, results })));

const keptPoints = (given: readonly RungEntry[], rate: number): ReadonlySet<number> =>
  new Set(decideRung(given, rate).flatMap(({ point, kept }) => (kept ? [point] : [])));

describe("rungs", () => {
  it("are those of Li et al. 2020, table 1, for r = 1, R = 9 and eta = 3, without the last, at which every run ends anyway", () => {
    expect(rungsBelow({ eta: 3, minimum: 1 }, 9)).toEqual([1, 3]);
    expect([9, keptOf(9, 3), keptOf(keptOf(9, 3), 3)]).toEqual([9, 3, 1]);
  });

  it("do not exist if a run ends before the first", () => {
    expect(rungsBelow({ eta: 2, minimum: 10 }, 10)).toEqual([]);
  });

  it("are eta times further each, and all below the end", () => {
    fc.assert(
      fc.property(eta, fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 100_000 }), (rate, minimum, end) => {
        const rungs = rungsBelow({ eta: rate, minimum }, end);
        expect(rungs[0] ?? minimum).toBe(minimum);
        for (const [i, rung] of rungs.entries()) {
          expect(rung).toBeLessThan(end);
          if (i > 0) expect(rung).toBe((rungs[i - 1] as number) * rate);
        }
        expect((rungs.at(-1) ?? minimum / rate) * rate).toBeGreaterThanOrEqual(end);
      }),
    );
  });

  it("cost at most as much together as running all points to the first rung once for each rung and eta", () => {
    fc.assert(
      fc.property(eta, fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 1, max: 6 }), (rate, points, count) => {
        let [entered, spent] = [points, 0];
        for (let rung = 0; rung < count && entered >= rate; rung++) {
          spent += entered * rate ** rung;
          entered = keptOf(entered, rate);
        }
        expect(spent).toBeLessThanOrEqual(points * count);
      }),
    );
  });
});

describe("the evaluations of a sweep", () => {
  it("are those of each rung's points, as in Li et al. 2020, table 1, bracket 0: 9 at 1, 3 at 3, 1 at 9", () => {
    expect(pointsOfRungs(9, 2, 3)).toEqual([9, 3, 1]);
    const costs = Array.from({ length: 9 }, () => ({ end: 9, evaluations: 90 }));
    // 9 points up to 1, 3 from 1 to 3, 1 from 3 to 9, at 10 evaluations each.
    expect(mostEvaluations({ eta: 3, minimum: 1 }, costs)).toBeCloseTo(10 * (9 * 1 + 3 * 2 + 1 * 6), 9);
  });

  it("are never more than without it, and never fewer than any decision spends", () => {
    const cost = fc.record({ end: fc.integer({ min: 1, max: 500 }), evaluations: fc.integer({ min: 1, max: 10_000 }) });
    fc.assert(
      fc.property(
        eta,
        fc.integer({ min: 1, max: 50 }),
        fc.array(cost, { minLength: 1, maxLength: 30 }),
        fc.nat(),
        (rate, minimum, costs, salt) => {
          const rule = { eta: rate, minimum };
          const most = mostEvaluations(rule, costs);
          expect(most).toBeLessThanOrEqual(costs.reduce((sum, { evaluations }) => sum + evaluations, 0) * (1 + 1e-9));
          const rungs = rungsBelow(rule, Math.max(...costs.map(({ end }) => end)));
          const entered = pointsOfRungs(costs.length, rungs.length, rate);
          const order = costs.map((each, i) => ({ each, key: Math.sin(i * 12.9898 + salt) })).sort((a, b) => a.key - b.key);
          let [spent, before] = [0, 0];
          for (const [rung, points] of entered.entries()) {
            const to = rungs[rung] ?? Number.POSITIVE_INFINITY;
            for (const { each } of order.slice(0, points))
              spent += (each.evaluations * (Math.min(to, each.end) - Math.min(before, each.end))) / each.end;
            before = to;
          }
          expect(spent).toBeLessThanOrEqual(most * (1 + 1e-9));
        },
      ),
    );
  });
});

describe("the decision of a rung", () => {
  it("does not depend on the order of points or of seeds", () => {
    fc.assert(
      fc.property(entries, eta, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (given, rate, keys) => {
        const shuffle = <T>(values: readonly T[]): T[] =>
          values
            .map((value) => ({ value, key: keys.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ value }) => value);
        const shuffled = shuffle(given.map(({ point, results }) => ({ point, results: shuffle(results) })));
        expect(decideRung(shuffled, rate)).toEqual(decideRung(given, rate));
      }),
    );
  });

  it("keeps the best of eta, at least one with a result, and none that is worse than a stopped one", () => {
    fc.assert(
      fc.property(entries, eta, (given, rate) => {
        const ranked = decideRung(given, rate);
        const kept = ranked.filter((entry) => entry.kept);
        const stopped = ranked.filter((entry) => !entry.kept);
        const withResults = given.filter(({ results }) => results.length > 0).length;
        expect(kept).toHaveLength(Math.min(withResults, Math.max(1, Math.floor(given.length / rate))));
        expect(ranked.map(({ rank }) => rank)).toEqual(given.map((_, i) => i + 1));
        expect(new Set(ranked.map(({ point }) => point))).toEqual(new Set(given.map(({ point }) => point)));
        for (const { nines } of kept) expect(nines).toBeGreaterThanOrEqual(Math.max(...stopped.map((entry) => entry.nines ?? 0), 0));
      }),
    );
  });

  it("still keeps a point whose results improve", () => {
    fc.assert(
      fc.property(entries, eta, fc.nat(), result, (given, rate, choice, gain) => {
        const kept = [...keptPoints(given, rate)];
        fc.pre(kept.length > 0);
        const point = kept[choice % kept.length] as number;
        const better = given.map((entry) =>
          entry.point === point ? { point, results: entry.results.map((value) => value + gain) } : entry,
        );
        expect(keptPoints(better, rate).has(point)).toBe(true);
      }),
    );
  });

  it("takes the median over seeds, and the lower index of equal points", () => {
    const given = [
      { point: 0, results: [1, 1, 9] },
      { point: 1, results: [2, 3, 2] },
      { point: 2, results: [2] },
      { point: 3, results: [] },
    ];
    expect(decideRung(given, 2)).toEqual([
      { point: 1, nines: 2, runs: 3, rank: 1, kept: true },
      { point: 2, nines: 2, runs: 1, rank: 2, kept: true },
      { point: 0, nines: 1, runs: 3, rank: 3, kept: false },
      { point: 3, nines: null, runs: 0, rank: 4, kept: false },
    ]);
    expect(decideRung([{ point: 4, results: [1, 2] }], 3)[0]?.nines).toBe(1.5);
    expect(decideRung([{ point: 5, results: [] }], 3)[0]?.kept).toBe(false);
  });
});
