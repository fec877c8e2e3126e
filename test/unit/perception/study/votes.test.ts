import { Purpose, Random } from "@pareidolia/core/random";
import { answeredVotes, type CountedVotes, checkCountedVotes, filterVotes } from "@pareidolia/perception/countedVotes";
import { shuffled, upTo } from "@pareidolia/perception/draws";
import { describeImages } from "@pareidolia/perception/images/describeImages";
import { addTallies, emptyTally, tallyVotes } from "@pareidolia/perception/images/imageTally";
import { totalAgreement } from "@pareidolia/perception/study/totalAgreement";
import { countAboveChance } from "@pareidolia/perception/study/waysOfCounting";
import { describeVoters } from "@pareidolia/perception/voters/describeVoters";
import { responseBias } from "@pareidolia/perception/voters/responseBias";
import { sessionSlope } from "@pareidolia/perception/voters/sessionSlope";
import { checkVoteTable } from "@pareidolia/perception/voteTable";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inOrder, simulatedVotes } from "../../../support/simulatedVotes.ts";

const permutation = (count: number, seed: number): number[] =>
  shuffled(upTo(count), new Random({ seed, generation: 0, index: 0, purpose: Purpose.SIMULATE }));

function everything(votes: CountedVotes) {
  const [byImage, byVoter] = [tallyVotes(votes, "item"), tallyVotes(votes, "voter")];
  return {
    images: describeImages(byImage, { chance: 0.25 }),
    voters: describeVoters(votes, {}),
    bias: responseBias(votes),
    ofVoters: countAboveChance(byVoter, 0.25),
    total: totalAgreement(byVoter, byImage),
  };
}

const cases = fc.record({ seed: fc.nat(1000), order: fc.nat(1000), cut: fc.nat(180) });

describe("the statistics of a study", () => {
  it("do not change if votes arrive in another order", () => {
    fc.assert(
      fc.property(cases, ({ seed, order }) => {
        const votes = simulatedVotes({ seed });
        const other = inOrder(votes, permutation(votes.item.length, order));
        expect(everything(other)).toEqual(everything(votes));
        expect(sessionSlope(other)?.slope.estimate).toBeCloseTo(sessionSlope(votes)?.slope.estimate as number, 12);
      }),
      { numRuns: 30 },
    );
  });

  it("do not change if votes are counted in batches", () => {
    fc.assert(
      fc.property(cases, ({ seed, cut }) => {
        const votes = simulatedVotes({ seed });
        const batches = [filterVotes(votes, (vote) => vote < cut), filterVotes(votes, (vote) => vote >= cut)] as const;
        for (const by of ["item", "voter"] as const)
          expect(addTallies(tallyVotes(batches[0], by), tallyVotes(batches[1], by))).toEqual(tallyVotes(votes, by));
      }),
      { numRuns: 30 },
    );
  });

  it("move with the voters if voters are numbered differently", () => {
    fc.assert(
      fc.property(cases, ({ seed, order }) => {
        const votes = simulatedVotes({ seed });
        const names = permutation(votes.voters, order);
        const renamed = { ...votes, voter: votes.voter.map((who) => names[who] as number) };
        const [before, after] = [everything(votes), everything(renamed)];
        expect(after.images).toEqual(before.images);
        expect(after.bias).toEqual(before.bias);
        expect(after.ofVoters.intervalAbove).toEqual(before.ofVoters.intervalAbove);
        expect(after.total.standardError.total).toBeCloseTo(before.total.standardError.total, 12);
        for (const record of before.voters)
          expect(after.voters[names[record.voter] as number]).toEqual({ ...record, voter: names[record.voter] });
        expect(sessionSlope(renamed)?.p).toBeCloseTo(sessionSlope(votes)?.p as number, 10);
      }),
      { numRuns: 30 },
    );
  });

  it("do not change if classes are relabelled, but for the rows and columns of the confusion matrix", () => {
    fc.assert(
      fc.property(cases, ({ seed, order }) => {
        const votes = simulatedVotes({ seed });
        const names = permutation(votes.answers, order);
        const relabel = (category: number): number => (category < 0 ? category : (names[category] as number));
        const relabelled = { ...votes, answer: votes.answer.map(relabel), target: votes.target.map(relabel) };
        const [before, after] = [everything(votes), everything(relabelled)];
        expect(after.images).toEqual(before.images);
        expect(after.total).toEqual(before.total);
        expect(after.bias?.expected).toBeCloseTo(before.bias?.expected as number, 12);
        for (const [category, bias] of before.bias?.categories.entries() ?? [])
          expect(after.bias?.categories[relabel(category)]).toEqual(bias);
      }),
      { numRuns: 30 },
    );
  });

  it("are of a valid table, which agreement coefficients can read without missing answers", () => {
    const votes = simulatedVotes();
    checkCountedVotes(votes);
    checkVoteTable(answeredVotes(votes));
    expect(answeredVotes(votes).item.length).toBe(votes.answer.filter((answer) => answer >= 0).length);
    expect(() => checkCountedVotes({ ...votes, trial: new Int32Array(3) })).toThrow("trial");
    expect(() => checkCountedVotes({ ...votes, answers: 2 })).toThrow("outside the table");
    expect(() => addTallies(emptyTally(2), emptyTally(3))).toThrow("same images");
  });
});

/** 4 units with 24 votes each. */
const tallyOf = (agreeing: readonly number[], votes = 24) => ({
  ...emptyTally(agreeing.length),
  agreeing: Int32Array.from(agreeing),
  votes: new Int32Array(agreeing.length).fill(votes),
});

describe("the two ways of counting", () => {
  it("differ for voters above chance in the mean whose exact interval contains it", () => {
    // Clopper & Pearson's interval of 17 of 24 is from .489, that of 18 of 24 from .533.
    const counted = countAboveChance(tallyOf([12, 13, 17, 18]), 0.5);
    expect(counted.units.map(({ comparison }) => comparison)).toEqual(["notAbove", "meanAbove", "meanAbove", "intervalAbove"]);
    expect(counted.meanAbove?.estimate).toBe(0.75);
    expect(counted.intervalAbove?.estimate).toBe(0.25);
    expect(countAboveChance(emptyTally(3), 0.5)).toEqual({ units: [], meanAbove: null, intervalAbove: null });
  });

  it("count half of all guessing voters in the mean, and at most 1 in 40 by the interval", () => {
    const random = new Random({ seed: 8, generation: 0, index: 0, purpose: Purpose.SIMULATE });
    const guesses = upTo(4000).map(() => upTo(49).filter(() => random.chance(0.5)).length);
    const counted = countAboveChance(tallyOf(guesses, 49), 0.5);
    expect(counted.meanAbove?.estimate).toBeCloseTo(0.5, 1);
    expect(counted.intervalAbove?.estimate).toBeLessThan(0.025);
    expect(counted.intervalAbove?.estimate).toBeGreaterThan(0.005);
  });
});

describe("the total agreement", () => {
  it("has the two-way variance of Cameron, Gelbach & Miller", () => {
    // Two voters on two images, one vote against: by hand, share .75; voters' residuals sum to .5 and -.5, so do the images'.
    const tally = { ...emptyTally(2), agreeing: Int32Array.of(2, 1), votes: Int32Array.of(2, 2) };
    const { standardError, share, interval } = totalAgreement(tally, tally);
    expect(standardError.voters ** 2).toBeCloseTo((0.5 / 16) * 2, 12);
    expect(standardError.votes ** 2).toBeCloseTo((0.75 * 0.25) / 3, 12);
    // At least each of the three parts: the subtraction leaves (.5 / 16) * 4 - .0625, which is as much as one part.
    expect(standardError.total ** 2).toBeCloseTo(0.0625, 12);
    expect(share).toBe(0.75);
    expect(interval).toMatchObject({ defined: false, reason: expect.stringContaining("at least three images") });
  });

  it("is wider than Wilson's interval if images differ, and stays within 0 and 1", () => {
    const [byVoter, byImage] = [tallyOf([30, 31, 29, 30], 60), tallyOf([40, 2, 38, 39, 1], 48)];
    const { interval } = totalAgreement(byVoter, byImage);
    if (!interval.defined) throw new Error(interval.reason);
    expect(interval.high - interval.low).toBeGreaterThan(0.4);
    const certain = totalAgreement(tallyOf([60, 59], 60), tallyOf([40, 40, 39], 40)).interval;
    if (!certain.defined) throw new Error(certain.reason);
    expect(certain.high).toBeLessThanOrEqual(1);
  });

  it("falls back to the exact interval of the smaller number of units if all votes agree, and refuses other inputs", () => {
    const all = totalAgreement(tallyOf([24, 24, 24], 24), tallyOf([18, 18, 18, 18], 18)).interval;
    expect(all).toMatchObject({ defined: true, low: expect.closeTo(0.025 ** (1 / 3), 10), high: 1 });
    expect(totalAgreement(tallyOf([4]), tallyOf([2, 2], 12)).interval).toMatchObject({
      reason: expect.stringContaining("at least two voters"),
    });
    expect(() => totalAgreement(tallyOf([4, 4]), tallyOf([4, 5]))).toThrow("same votes");
  });
});
