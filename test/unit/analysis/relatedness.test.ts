/** Shared descent of niche pairs, and its relation to label distance. */
import { labelDistance, summariseSharedDescent } from "@pareidolia/analysis/labelDistance";
import { type PhylogenyNode, relatedNiches } from "@pareidolia/analysis/phylogeny";
import { quantile, quantileOfCounts } from "@pareidolia/analysis/quantile";
import { Purpose, Random } from "@pareidolia/core/random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** Node i descends from an earlier node or starts its own lineage; niches are assigned to the nodes in turn. */
function forest(parents: readonly number[], holders: readonly number[]): PhylogenyNode[] {
  return parents.map((parent, i) => {
    const current = holders.flatMap((holder, niche) => (holder % parents.length === i ? [niche] : []));
    return {
      id: `n${i}`,
      generation: i,
      parentIds: i === 0 || parent % (i + 1) === i ? [] : [`n${parent % (i + 1)}`],
      niches: current,
      current,
    };
  });
}

/** The node's ID and those of its first parents, back to the founder. */
function lineOf(nodes: readonly PhylogenyNode[], id: string): ReadonlySet<string> {
  const line = new Set<string>();
  for (let next: string | undefined = id; next !== undefined; next = nodes.find((node) => node.id === next)?.parentIds[0]) line.add(next);
  return line;
}

function byTheDefinition(nodes: readonly PhylogenyNode[]) {
  const ancestors = nodes
    .flatMap(({ id, current }) => current.map((niche) => ({ niche, line: lineOf(nodes, id) })))
    .sort((a, b) => a.niche - b.niche);
  return ancestors.flatMap((a, i) =>
    ancestors.slice(i + 1).map((b) => {
      const shared = [...a.line].filter((id) => b.line.has(id)).length;
      return { first: a.niche, second: b.niche, relatedness: shared / (a.line.size + b.line.size - shared) };
    }),
  );
}

function randomForest(count: number, niches: number): PhylogenyNode[] {
  const random = new Random({ seed: 1, generation: 0, index: 0, purpose: Purpose.RESAMPLE });
  const draw = (length: number) => Array.from({ length }, () => random.below(1_000_000));
  return forest(draw(count), draw(niches));
}

describe("relatedness of niches", () => {
  it("matches its definition on any forest", () => {
    const numbers = (least: number, most: number) => fc.array(fc.nat(), { minLength: least, maxLength: most });
    fc.assert(
      fc.property(numbers(1, 30), numbers(0, 20), (parents, holders) => {
        const nodes = forest(parents, holders);
        expect(relatedNiches(nodes)).toEqual(byTheDefinition(nodes));
      }),
    );
  });

  it("rejects a cyclic ancestry", () => {
    const node = { generation: 1, niches: [0], current: [0] };
    const circle = [
      { ...node, id: "x", parentIds: ["y"] },
      { ...node, id: "y", parentIds: ["x"] },
    ];
    expect(() => relatedNiches(circle)).toThrow("cycle");
  });
});

describe("label distance by relatedness", () => {
  const node = (id: string, parentId: string | null, current: number[]) => ({
    id,
    parentIds: parentId === null ? [] : [parentId],
    current,
  });

  it("sorts every pair into a band, with all pairs as the control", () => {
    // a holds 1 and 2, its child holds 5, and 9 is unrelated.
    const found = summariseSharedDescent([node("a", null, [1, 2]), node("b", "a", [5]), node("c", null, [9])], { closest: 10 });
    expect(found.niches).toBe(4);
    expect(found.bands.map(({ label, pairs, distance }) => [label, pairs, distance?.median])).toEqual([
      ["no ancestor shared", 3, 7],
      ["up to .25", 0, undefined],
      ["over .25 to .5", 2, 3.5],
      ["over .5 to .75", 0, undefined],
      ["over .75", 0, undefined],
      ["one elite", 1, 1],
    ]);
    expect(found.all).toEqual({ pairs: 6, distance: { lower: 3.25, median: 4, upper: 6.25 } });
    expect(found.closest).toEqual([
      { first: 1, second: 2, relatedness: 1 },
      { first: 1, second: 5, relatedness: 0.5 },
      { first: 2, second: 5, relatedness: 0.5 },
    ]);
  });

  it("covers all pairs of a thousand niches, and returns no more pairs than requested", () => {
    const nodes = randomForest(2_000, 1_000);
    const pairs = relatedNiches(nodes);
    const { niches, bands, all, closest } = summariseSharedDescent(nodes, { closest: 500 });
    expect([niches, all.pairs, bands.reduce((sum, band) => sum + band.pairs, 0)]).toEqual([1_000, 499_500, 499_500]);
    const related = pairs.filter(({ relatedness }) => relatedness > 0);
    const sorted = related.sort((a, b) => b.relatedness - a.relatedness || a.first - b.first || a.second - b.second);
    expect(closest).toEqual(sorted.slice(0, 500));
    const distances = related.filter(({ relatedness }) => relatedness <= 0.25).map(({ first, second }) => labelDistance(first, second));
    expect(bands[1]).toMatchObject({ pairs: distances.length, distance: { median: quantile(distances, 0.5) } });
  });

  it("is empty for a single niche", () => {
    expect(summariseSharedDescent([node("a", null, [3])], { closest: 5 })).toMatchObject({ niches: 1, all: { pairs: 0, distance: null } });
    expect(summariseSharedDescent([], { closest: 5 })).toMatchObject({ niches: 0, closest: [] });
  });
});

describe("quantiles of counted numbers", () => {
  it("equal those of the numbers themselves", () => {
    const values = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (numbers, probability) => {
        const counts = Array.from({ length: 13 }, (_, n) => numbers.filter((number) => number === n).length);
        expect(quantileOfCounts(counts, probability)).toBeCloseTo(quantile(numbers, probability), 9);
      }),
    );
    expect(() => quantileOfCounts([0, 0], 0.5)).toThrow("at least one");
    expect(() => quantileOfCounts([1], 2)).toThrow("0 to 1");
  });
});
