import { electorates } from "@pareidolia/perception/power/electorate";
import { planTotal } from "@pareidolia/perception/power/planTotal";
import { planVoters } from "@pareidolia/perception/power/planVoters";
import { resolveStoppingRule } from "@pareidolia/perception/stopping/registry";
import { describe, expect, it } from "vitest";
import { classesUpTo, countingRules, studyDesign } from "../../../support/studyDesigns.ts";

const alike = { agreement: 0.7, voterSpread: 0, imageSpread: 0 };
const design = studyDesign(20);
const half = { ...design, perVoter: { ...design.perVoter, counted: 10 } };
const twenty = resolveStoppingRule("fixedNumber", { votes: 20 });

describe("the number of voters", () => {
  it("is the number of votes where each voter sees every image, and twice that where each sees half", () => {
    expect(planVoters(design, { ...alike, stopping: twenty, seed: 1, studies: 3 }).voters).toEqual({ median: 20, low: 20, high: 20 });
    expect(planVoters(half, { ...alike, stopping: twenty, seed: 1, studies: 3 }).voters).toEqual({ median: 40, low: 40, high: 40 });
  });

  it("grows with voters who are left out and with missing votes, as expected", () => {
    const plan = planVoters(design, { ...alike, stopping: twenty, seed: 1, studies: 200, excluded: 0.2 });
    expect(plan.voters.median).toBeGreaterThanOrEqual(24);
    expect(plan.voters.median).toBeLessThanOrEqual(26);
    expect(plan.voters.low).toBeLessThan(plan.voters.median as number);
    // The last of 20 images needs more than 20 / .8 voters.
    const missing = planVoters(design, { ...alike, stopping: twenty, seed: 1, studies: 50, missing: 0.2 });
    expect(missing.voters.median).toBeGreaterThan(26);
    expect(missing.votesPerImage).toBe(20);
  });

  it("is lower where people agree, and counts the checks among a voter's trials", () => {
    const stopping = resolveStoppingRule("intervalWidth", { width: 0.25 });
    const divided = planVoters(design, { ...alike, agreement: 0.5, stopping, seed: 2, studies: 10 });
    const agreed = planVoters(design, { ...alike, agreement: 0.95, stopping, seed: 2, studies: 10 });
    expect(agreed.voters.median).toBeLessThan((divided.voters.median as number) * 0.7);
    expect(divided.trialsPerVoter).toBe(20 + 8 + 4 + 6);
  });

  it("is unknown where the simulation gives up, and the same for the same seed", () => {
    expect(planVoters(design, { ...alike, stopping: twenty, seed: 1, studies: 3, mostVoters: 10 }).voters.median).toBeNull();
    const options = {
      agreement: 0.6,
      voterSpread: 0.5,
      imageSpread: 1,
      stopping: resolveStoppingRule("sequentialBound", { atMost: 60 }),
      studies: 5,
    };
    expect(planVoters(design, { ...options, seed: 3 })).toEqual(planVoters(design, { ...options, seed: 3 }));
    expect(() => planVoters(design, { ...options, seed: 3, excluded: 2 })).toThrow("from 0 to 1");
  });
});

describe("the precision of the total agreement", () => {
  it("improves with images more than with voters if images differ more", () => {
    const wide = studyDesign(40, countingRules);
    const plans = planTotal(wide, {
      agreement: 0.6,
      voterSpread: 0.1,
      imageSpread: 1.5,
      voters: [20, 40],
      images: [20, 40],
      seed: 1,
      studies: 30,
    });
    expect(plans.map(({ images, voters }) => [images, voters])).toEqual([
      [20, 20],
      [20, 40],
      [40, 20],
      [40, 40],
    ]);
    const [small, moreVoters, moreImages] = plans.map(({ width }) => width.median) as [number, number, number, number];
    expect(moreImages).toBeLessThan(small * 0.85);
    expect(moreVoters).toBeGreaterThan(moreImages);
    expect(() => planTotal(wide, { ...alike, voters: [5], images: [41], seed: 1 })).toThrow("from 2 to 40 images, not 41");
  });
});

describe("simulated electorates", () => {
  it("have the agreement that is wanted, whatever their spread", () => {
    for (const spread of [0, 2]) {
      const draw = electorates({ agreement: 0.8, voterSpread: spread, imageSpread: spread }, 4);
      const mean = classesUpTo(4000).reduce((sum, number) => sum + draw(number).probability(0, 0), 0) / 4000;
      expect(mean).toBeCloseTo(0.8, 1);
    }
    expect(() => electorates({ ...alike, agreement: 1 }, 1)).toThrow("between 0 and 1");
  });
});
