import { canonicalJson } from "@pareidolia/core/canonicalJson";
import { Purpose, Random } from "@pareidolia/core/random";
import { sequenceContains, sequenceInterval } from "@pareidolia/perception/intervals/confidenceSequence";
import { decide, parseStoppingRule, resolveStoppingRule, stoppingRules } from "@pareidolia/perception/stopping/registry";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const votesOf = fc.record({ votes: fc.integer({ min: 1, max: 400 }), part: fc.double({ min: 0, max: 1, noNaN: true }) });

describe("a confidence sequence", () => {
  // Printed by confidenceSequence.py beside this file.
  it.each([
    [7, 10, 0.95, 0.266740526164193, 0.96335970962449],
    [30, 40, 0.95, 0.511738296159684, 0.914423565001427],
    [120, 200, 0.99, 0.467514581632865, 0.723279659751615],
    [0, 12, 0.95, 0.0, 0.370852868271828],
  ])("of %d of %d votes at %d is what exact fractions give", (agreeing, votes, confidence, low, high) => {
    const interval = sequenceInterval(agreeing, votes, { confidence });
    expect(interval.low).toBeCloseTo(low, 12);
    expect(interval.high).toBeCloseTo(high, 12);
  });

  it("contains the shares between its ends and no others", () => {
    fc.assert(
      fc.property(votesOf, fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), ({ votes, part }, p) => {
        const agreeing = Math.round(part * votes);
        const { low, high } = sequenceInterval(agreeing, votes);
        fc.pre(Math.abs(p - low) > 1e-12 && Math.abs(p - high) > 1e-12);
        expect(sequenceContains(p, agreeing, votes)).toBe(low < p && p < high);
      }),
    );
  });

  it("keeps its coverage at the worst time to stop, where an interval of fixed size fails", () => {
    let sequence = 0;
    let fixed = 0;
    const electorates = 400;
    const rule = resolveStoppingRule("intervalWidth", { width: 0.001 });
    for (let index = 0; index < electorates; index++) {
      const random = new Random({ seed: 3, generation: 0, index, purpose: Purpose.SIMULATE });
      let agreeing = 0;
      let missed = { sequence: false, fixed: false };
      for (let votes = 1; votes <= 150; votes++) {
        if (random.chance(0.6)) agreeing++;
        const { interval } = decide(rule, { agreeing, votes });
        missed = {
          sequence: missed.sequence || !sequenceContains(0.6, agreeing, votes),
          fixed: missed.fixed || (votes >= 5 && interval !== null && (interval.low > 0.6 || interval.high < 0.6)),
        };
      }
      sequence += missed.sequence ? 1 : 0;
      fixed += missed.fixed ? 1 : 0;
    }
    expect(sequence / electorates).toBeLessThan(0.05);
    expect(fixed / electorates).toBeGreaterThan(0.2);
  });

  it("says nothing before the first vote, and refuses impossible counts", () => {
    expect(sequenceInterval(0, 0)).toEqual({ estimate: 0.5, low: 0, high: 1 });
    expect(() => sequenceInterval(3, 2)).toThrow("as many successes");
    expect(() => sequenceInterval(1, 2, { confidence: 1 })).toThrow("between 0 and 1");
  });
});

describe("every stopping rule", () => {
  const kinds = stoppingRules.map(({ id }) => id);

  it.each(kinds)("%s is stored with all parameters and read again", (kind) => {
    const rule = resolveStoppingRule(kind, {});
    expect(parseStoppingRule(JSON.parse(canonicalJson(rule)))).toEqual(rule);
    expect(() => parseStoppingRule({ ...rule, values: {} })).toThrow("A stored stopping rule lacks");
    expect(() => parseStoppingRule({ ...rule, version: 9 })).toThrow("has version 9");
  });

  it.each(kinds)("%s never stops without votes, and decides the same for the same counts", (kind) => {
    const rule = resolveStoppingRule(kind, {});
    expect(decide(rule, { agreeing: 0, votes: 0 }).stop).toBe(false);
    fc.assert(
      fc.property(votesOf, ({ votes, part }) => {
        const agreeing = Math.round(part * votes);
        expect(decide(rule, { agreeing, votes })).toEqual(decide(rule, { agreeing, votes }));
      }),
    );
  });

  it.each(kinds.filter((kind) => kind !== "fixedNumber"))("%s stops at its limit and never before its minimum", (kind) => {
    const rule = resolveStoppingRule(kind, { minimum: 20, atMost: 50 });
    expect(decide(rule, { agreeing: 19, votes: 19 }).stop).toBe(false);
    expect(decide(rule, { agreeing: 25, votes: 50 }).stop).toBe(true);
  });

  it("is marked where its interval loses its confidence by looking", () => {
    expect(stoppingRules.filter(({ validUnderStopping }) => validUnderStopping).map(({ id }) => id)).toEqual([
      "fixedNumber",
      "sequentialBound",
    ]);
  });
});

describe("stopping", () => {
  const first = (rule: Parameters<typeof decide>[0], share: number): number => {
    for (let votes = 1; votes < 5000; votes++) if (decide(rule, { agreeing: Math.round(share * votes), votes }).stop) return votes;
    return Number.POSITIVE_INFINITY;
  };

  it("at a number of votes", () => expect(first(resolveStoppingRule("fixedNumber", { votes: 37 }), 0.4)).toBe(37));

  it("at an interval of 20 points: 93 votes if people are divided, far fewer if they agree", () => {
    const wilson = resolveStoppingRule("intervalWidth", { width: 0.2 });
    const width = ({ interval }: ReturnType<typeof decide>): number => (interval?.high ?? 1) - (interval?.low ?? 0);
    expect(decide(wilson, { agreeing: 46, votes: 92 }).stop).toBe(false);
    expect(decide(wilson, { agreeing: 46, votes: 93 }).stop).toBe(true);
    expect(width(decide(wilson, { agreeing: 46, votes: 93 }))).toBeCloseTo(0.1992, 3);
    expect(first(wilson, 0.97)).toBeLessThan(40);
    expect(first(resolveStoppingRule("intervalWidth", { width: 0.2, interval: "beta" }), 0.5)).toBeGreaterThan(80);
  });

  it("at a posterior beyond a bound, on either side", () => {
    const rule = resolveStoppingRule("posteriorBound", { bound: 0.5, probability: 0.95, minimum: 0 });
    // Beta(5, 1) has 1/32 below 1/2, and Beta(4, 1) has 1/16.
    expect(decide(rule, { agreeing: 3, votes: 3 }).stop).toBe(false);
    expect(decide(rule, { agreeing: 4, votes: 4 }).stop).toBe(true);
    expect(decide(rule, { agreeing: 0, votes: 4 }).stop).toBe(true);
    expect(decide(rule, { agreeing: 40, votes: 80 }).stop).toBe(false);
  });

  it("at a confidence sequence that excludes chance: later than the posterior, and never at chance", () => {
    const rule = resolveStoppingRule("sequentialBound", { bound: 0.5 });
    expect(first(rule, 0.75)).toBeGreaterThan(first(resolveStoppingRule("posteriorBound", { bound: 0.5 }), 0.75));
    expect(first(rule, 0.5)).toBe(Number.POSITIVE_INFINITY);
    expect(first(resolveStoppingRule("sequentialBound", { width: 0.2 }), 0.5)).toBeGreaterThan(100);
  });
});
