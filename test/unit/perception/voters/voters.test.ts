import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { none } from "@pareidolia/perception/countedVotes";
import { type CheckVotes, canaryTest, poissonBinomialUpperTail } from "@pareidolia/perception/voters/canaryTest";
import { describeVoters, type VoterRecord } from "@pareidolia/perception/voters/describeVoters";
import { exclusionReasons, parseExclusion, resolveExclusion } from "@pareidolia/perception/voters/exclusion";
import { flagSpecs, flagVoter } from "@pareidolia/perception/voters/flags";
import { responseBias } from "@pareidolia/perception/voters/responseBias";
import { responseTimes } from "@pareidolia/perception/voters/responseTimes";
import { sessionSlope, voterSlope } from "@pareidolia/perception/voters/sessionSlope";
import { voterBias } from "@pareidolia/perception/voters/voterBias";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { simulatedVotes } from "../../../support/simulatedVotes.ts";

function checksOf(voters: number, hits: readonly (readonly [voter: number, item: number, hit: number])[]): CheckVotes {
  return {
    items: 10,
    voters,
    voter: Int32Array.from(hits, ([voter]) => voter),
    item: Int32Array.from(hits, ([, item]) => item),
    hit: Uint8Array.from(hits, ([, , hit]) => hit),
  };
}

describe("response times", () => {
  it("have a median, quartiles and shares that are too fast or too slow; times that were not recorded are left out", () => {
    expect(responseTimes([100, 1000, 2000, 3000, 90_000, Number.NaN])).toEqual({
      count: 5,
      median: 2000,
      lowerQuartile: 1000,
      upperQuartile: 3000,
      tooFast: 0.2,
      tooSlow: 0.2,
    });
    expect(responseTimes([Number.NaN])).toBeNull();
  });
});

describe("response bias", () => {
  it("is all that there is if a voter gives one answer, however often it is right", () => {
    const target = Int32Array.of(0, 1, 1, 1, 2, none);
    const bias = responseBias({ answers: 3, target, answer: Int32Array.of(1, 1, 1, 1, 1, 1) });
    expect(bias?.accuracy).toBe(0.6);
    expect(bias?.expected).toBeCloseTo(0.6, 12);
    expect(bias?.corrected).toBeCloseTo(0, 12);
    expect(bias?.categories.map(({ baseRate }) => baseRate)).toEqual([0, 1, 0]);
    expect([...(bias?.confusion ?? [])]).toEqual([0, 1, 0, 0, 3, 0, 0, 1, 0]);
  });

  it("is Cohen's kappa between targets and answers", () => {
    // Both margins are 60 and 40 of 100: .36 + .16 is expected.
    const cells = [
      [0, 0, 45],
      [0, 1, 15],
      [1, 0, 15],
      [1, 1, 25],
    ] as const;
    const column = (at: 0 | 1): Int32Array => Int32Array.from(cells.flatMap((cell) => Array<number>(cell[2]).fill(cell[at])));
    const bias = responseBias({ answers: 2, target: column(0), answer: column(1) });
    expect(bias?.accuracy).toBeCloseTo(0.7, 12);
    expect(bias?.expected).toBeCloseTo(0.52, 12);
    expect(bias?.corrected).toBeCloseTo(0.18 / 0.48, 12);
    expect(bias?.categories[0]?.right?.estimate).toBe(0.75);
  });

  it("is absent without answers to images with a target", () => {
    expect(responseBias({ answers: 2, target: Int32Array.of(none, 1), answer: Int32Array.of(1, none) })).toBeNull();
  });
});

describe("the slope over the session", () => {
  // Printed by sessionSlope.py beside this file.
  const voter = Int32Array.from([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3]);
  const trial = Int32Array.from([0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 2, 5]);
  const agrees = Int8Array.from([0, 0, 1, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1]);

  it("equals an independent program's", () => {
    const result = sessionSlope({ voters: 4, voter, trial, agrees });
    expect(result?.slope.estimate).toBeCloseTo(0.13855421686746988, 12);
    expect(result?.p).toBeCloseTo(0.18973084337532278, 9);
    expect(result?.slope.low).toBeCloseTo(-0.12245554420829965, 9);
    expect(result?.voters).toBe(4);
  });

  it("does not see voters with one vote, missing votes, or a voter's level", () => {
    const result = sessionSlope({ voters: 4, voter, trial, agrees });
    const more = {
      voters: 6,
      voter: Int32Array.from([...voter, 4, 5, 5]),
      trial: Int32Array.from([...trial, 40, 0, 9]),
      agrees: Int8Array.from([...agrees, 1, none, none]),
    };
    expect(sessionSlope(more)).toEqual(result);
    expect(sessionSlope({ voters: 1, voter: Int32Array.of(0, 0), trial: Int32Array.of(0, 1), agrees: Int8Array.of(0, 1) })).toBeNull();
  });
});

describe("one voter's bias", () => {
  it("has the slope of ordinary least squares", () => {
    // By hand: x 0 to 3, y 0 0 1 1: slope 2 / 5, residual sum of squares 1 / 5, standard error sqrt(.1 / 5); t(2) = 2.8284.
    const result = voterSlope({ agrees: Int8Array.of(0, 0, 1, none, 1), trial: Int32Array.of(0, 1, 2, 9, 3) });
    expect(result?.slope.estimate).toBeCloseTo(0.4, 12);
    // P(|T| > t) for 2 degrees of freedom is 1 - t / sqrt(2 + t^2).
    expect(result?.p).toBeCloseTo(1 - Math.sqrt(8) / Math.sqrt(10), 12);
    expect(voterSlope({ agrees: Int8Array.of(0, 1), trial: Int32Array.of(0, 1) })).toBeNull();
    expect(voterSlope({ agrees: Int8Array.of(1, 1, 1), trial: Int32Array.of(0, 1, 2) })).toBeNull();
  });

  it("is of the voter's own votes", () => {
    const votes = simulatedVotes();
    const { bias, slope } = voterBias(votes, 3);
    const own = [...votes.voter.keys()].filter((vote) => votes.voter[vote] === 3 && votes.answer[vote] !== none);
    expect(bias?.votes).toBe(own.length);
    expect(bias?.accuracy).toBeCloseTo(own.filter((vote) => votes.answer[vote] === votes.target[vote]).length / own.length, 12);
    expect(slope?.voters).toBe(1);
    expect(voterBias(votes, 99)).toEqual({ bias: null, slope: null });
  });
});

describe("canaries", () => {
  it("have the tail of a sum of independent events, by enumeration", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 7 }), fc.nat(7), (rates, hits) => {
        let tail = 0;
        for (let outcome = 0; outcome < 2 ** rates.length; outcome++) {
          const happened = rates.map((_, index) => (outcome >> index) % 2 === 1);
          if (happened.filter(Boolean).length < hits) continue;
          tail += rates.reduce((product, rate, index) => product * (happened[index] ? rate : 1 - rate), 1);
        }
        expect(poissonBinomialUpperTail(hits, rates)).toBeCloseTo(tail, 10);
      }),
    );
  });

  it("reveal the voter who names the networks' label of each", () => {
    const votes = Array.from({ length: 20 }, (_, voter) =>
      Array.from({ length: 6 }, (__, item) => [voter, item, voter === 7 || (voter + item) % 6 === 0 ? 1 : 0] as const),
    );
    const results = canaryTest(checksOf(20, votes.flat()));
    expect(results[7]).toMatchObject({ named: 6, seen: 6 });
    expect(results[7]?.p).toBeLessThan(0.001);
    expect(results.filter(({ p }) => p < 0.05)).toHaveLength(1);
    expect(canaryTest(checksOf(2, []))[1]).toEqual({ named: 0, seen: 0, expected: 0, p: 1 });
  });

  it("are compared with rates from an earlier study, if there is one", () => {
    const [result] = canaryTest(
      checksOf(1, [
        [0, 0, 1],
        [0, 1, 1],
      ]),
      [0.1, 0.2],
    );
    expect(result?.p).toBeCloseTo(0.02, 12);
    expect(result?.expected).toBeCloseTo(0.3, 12);
  });
});

describe("a voter's record", () => {
  const votes = simulatedVotes({ voters: 4 });
  const records = describeVoters(votes, {
    gold: checksOf(4, [
      [0, 0, 1],
      [0, 1, 1],
      [1, 0, 0],
      [1, 1, 1],
    ]),
    noise: checksOf(4, [[2, 0, 0]]),
  });
  const first = records[0] as VoterRecord;

  it("has agreement and gold with exact intervals, and only its own votes", () => {
    const agreeing = votes.agrees.filter((agrees, vote) => agrees === 1 && votes.voter[vote] === 0).length;
    expect(first.agreement).toMatchObject({ hits: agreeing, of: 12 - first.missing });
    expect(records.map(({ gold }) => [gold.hits, gold.of])).toEqual([
      [2, 2],
      [1, 2],
      [0, 0],
      [0, 0],
    ]);
    expect(records[2]?.gold.share).toBeNull();
    expect(records[2]?.noise).toMatchObject({ hits: 0, of: 1 });
    expect(first.times?.count).toBeGreaterThan(5);
  });

  it("is flagged for each limit that it breaks, and for nothing else", () => {
    const clean: VoterRecord = { ...first, favourite: { category: 2, times: 20, of: 60 }, times: responseTimes([900, 1000]) };
    expect(flagVoter(clean, 4)).toEqual([]);
    expect(flagVoter(records[1] as VoterRecord, 4)).toEqual(["gold"]);
    expect(flagVoter(records[2] as VoterRecord, 4)).toEqual(["noise"]);
    expect(flagVoter({ ...clean, times: responseTimes([300, 500]) }, 4)).toEqual(["fast"]);
    expect(flagVoter({ ...clean, canaries: { named: 6, seen: 6, expected: 1, p: 1e-5 } }, 4)).toEqual(["canary"]);
    expect(flagVoter({ ...clean, favourite: { category: 2, times: 40, of: 60 } }, 4)).toEqual(["sameAnswer"]);
    // 12 of 18 is a large share, and no proof for two answers.
    expect(flagVoter({ ...clean, favourite: { category: 0, times: 12, of: 18 } }, 2)).toEqual([]);
    expect(flagVoter(records[1] as VoterRecord, 4, resolveParameters(flagSpecs, { goldShare: 0.5 }))).toEqual([]);
  });

  it("is excluded by the rules that were fixed before, never by a flag", () => {
    const rules = resolveExclusion({ goldHits: 2, medianMs: 600, unfinished: true });
    expect(exclusionReasons(rules, { ...first, times: responseTimes([700]) }, true)).toEqual([]);
    expect(exclusionReasons(rules, { ...(records[1] as VoterRecord), times: responseTimes([500]) }, false)).toEqual([
      "goldHits",
      "medianMs",
      "unfinished",
    ]);
    expect(exclusionReasons(resolveExclusion({}), records[1] as VoterRecord, false)).toEqual([]);
    expect(parseExclusion(JSON.parse(JSON.stringify(rules)))).toEqual(rules);
    expect(() => parseExclusion({ ...rules, values: { goldHits: -1 } })).toThrow("Gold must be from 0 to 1000");
  });
});
