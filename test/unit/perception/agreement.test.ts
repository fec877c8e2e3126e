import { fleissExample, krippendorffMissing } from "@pareidolia/lab/perception/publishedGates";
import type { Coefficient } from "@pareidolia/perception/agreement/coefficient";
import { fleissKappa, fleissKappaInterval } from "@pareidolia/perception/agreement/fleissKappa";
import { krippendorffAlpha, krippendorffAlphaInterval } from "@pareidolia/perception/agreement/krippendorffAlpha";
import { meanPairwiseKappa, pairwiseKappa } from "@pareidolia/perception/agreement/pairwiseKappa";
import { percentAgreement, percentAgreementInterval } from "@pareidolia/perception/agreement/percentAgreement";
import { firstVotes, mergeVotes } from "@pareidolia/perception/voteBatches";
import type { VoteTable } from "@pareidolia/perception/voteTable";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inTwoBatches, relabelled, tableOfCells, voteTables, withVotersReversed } from "./electorate.ts";

const values = [1, 2, 3, 4, 5];
const valueOf = (coefficient: Coefficient): number | string => (coefficient.defined ? coefficient.estimate : coefficient.reason);

// Golden values: PYTHON apps/lab/src/perception/peers/golden.py
describe("Krippendorff's alpha", () => {
  it.each([
    ["nominal", 0.743421052631579],
    ["ordinal", 0.8153875037548814],
    ["interval", 0.8491071428571428],
    ["ratio", 0.7974027747116121],
  ] as const)("%s: equals the package krippendorff's on votes with gaps", (metric, expected) => {
    expect(valueOf(krippendorffAlpha(krippendorffMissing, { metric, values }))).toBeCloseTo(expected, 12);
  });

  it("counts only items with two votes, and says how many they are", () => {
    expect(krippendorffAlpha(krippendorffMissing, { metric: "nominal" })).toMatchObject({ items: 11, votes: 40 });
  });

  it("is undefined if all votes are the same or no item has two votes", () => {
    const size = { items: 3, voters: 2, answers: 3 };
    const same = krippendorffAlpha(tableOfCells(size, [1, 1, 1, 1, 1, 1]), { metric: "nominal" });
    expect(same).toMatchObject({ defined: false, reason: expect.stringContaining("same answer") });
    const alone = krippendorffAlpha(tableOfCells(size, [1, null, null, 0, 2, null]), { metric: "nominal" });
    expect(alone).toMatchObject({ defined: false, reason: expect.stringContaining("two voters") });
    expect(krippendorffAlphaInterval(tableOfCells(size, [1, 1, 1, 1, 1, 1]), { metric: "nominal", seed: 1 }).defined).toBe(false);
  });

  it("refuses several votes of a voter on an item, which firstVotes removes", () => {
    const table = tableOfCells({ items: 2, voters: 2, answers: 2 }, [0, 1, 1, 1]);
    const twice = mergeVotes([table, { ...table, answer: table.answer.map((a) => 1 - a) }]);
    expect(() => krippendorffAlpha(twice, { metric: "nominal" })).toThrow("several votes");
    expect(firstVotes(twice)).toEqual(table);
  });

  it("refuses values that do not fit", () => {
    expect(() => krippendorffAlpha(krippendorffMissing, { metric: "interval", values: [1, 2] })).toThrow("one finite value");
    expect(() => krippendorffAlpha(krippendorffMissing, { metric: "ratio", values: [-1, 0, 1, 2, 3] })).toThrow("negative");
  });
});

describe("kappas", () => {
  it("Fleiss' kappa equals the worked example's .210", () => {
    expect(valueOf(fleissKappa(fleissExample()))).toBeCloseTo(0.209931, 6);
  });

  it("Cohen's kappa of each pair equals scikit-learn's on the shared items", () => {
    const found = pairwiseKappa(krippendorffMissing).map(({ first, second, kappa }) => [first, second, valueOf(kappa)]);
    const expected = [0.8448275862068966, 0.4782608695652174, 0.85, 0.5423728813559321, 0.8701298701298701, 0.6153846153846154];
    expect(found.map(([, , kappa]) => kappa)).toEqual(expected.map((value) => expect.closeTo(value, 12)));
    const mean = meanPairwiseKappa(krippendorffMissing, { seed: 1, resamples: 100 });
    expect(mean).toMatchObject({ defined: true, estimate: expect.closeTo(expected.reduce((a, b) => a + b) / 6, 12) });
  });

  it("Cohen's kappa is undefined for two voters with one and the same answer", () => {
    expect(pairwiseKappa(tableOfCells({ items: 2, voters: 2, answers: 2 }, [0, 0, 0, 0]))[0]?.kappa.defined).toBe(false);
  });

  it("percent agreement is the share of agreeing pairs", () => {
    expect(percentAgreement(tableOfCells({ items: 2, voters: 3, answers: 2 }, [0, 0, 1, 1, 1, null]))).toMatchObject({
      estimate: 0.5,
      votes: 5,
    });
  });
});

describe("every coefficient of agreement", () => {
  const coefficients: readonly (readonly [string, (table: VoteTable) => Coefficient])[] = [
    ["alpha, nominal", (table) => krippendorffAlpha(table, { metric: "nominal" })],
    ["alpha, ordinal", (table) => krippendorffAlpha(table, { metric: "ordinal" })],
    ["alpha, interval", (table) => krippendorffAlpha(table, { metric: "interval" })],
    ["Fleiss' kappa", fleissKappa],
    ["percent agreement", percentAgreement],
    ["mean pairwise kappa", (table) => meanPairwiseKappa(table, { seed: 1, resamples: 4 })],
  ];

  it.each(coefficients)("%s: does not change with names of answers (reversed) or voters, or with batches", (_, coefficient) => {
    fc.assert(
      fc.property(voteTables(), (table) => {
        const expected = coefficient(table);
        for (const other of [relabelled(table), withVotersReversed(table), mergeVotes(inTwoBatches(table))]) {
          const found = coefficient(other);
          expect(found.defined).toBe(expected.defined);
          if (found.defined && expected.defined) expect(found.estimate).toBeCloseTo(expected.estimate, 10);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("has an interval around its estimate that depends only on votes and seed, and narrows with more items", () => {
    const cells = Array.from({ length: 60 }, (_, i) => [i % 3, i % 3, (i * 7) % 5 < 3 ? i % 3 : (i + 1) % 3, null]).flat();
    const few = tableOfCells({ items: 60, voters: 4, answers: 3 }, cells);
    const many = tableOfCells({ items: 240, voters: 4, answers: 3 }, [...cells, ...cells, ...cells, ...cells]);
    for (const interval of [
      (table: VoteTable) => krippendorffAlphaInterval(table, { metric: "nominal", seed: 3 }),
      (table: VoteTable) => fleissKappaInterval(table, { seed: 3 }),
      (table: VoteTable) => percentAgreementInterval(table, { seed: 3 }),
      (table: VoteTable) => meanPairwiseKappa(table, { seed: 3 }),
    ]) {
      const [a, b] = [interval(few), interval(many)];
      if (!a.defined || !b.defined) throw new Error("undefined");
      expect(a.low).toBeLessThan(a.estimate);
      expect(a.high).toBeGreaterThan(a.estimate);
      expect((a.high - a.low) / (b.high - b.low)).toBeCloseTo(2, 0);
      expect(interval(mergeVotes(inTwoBatches(few)))).toEqual(a);
    }
  });
});
