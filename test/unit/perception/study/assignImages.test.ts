/** Which images a new voter of an open study sees. */
import { type Protocol, resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { resolveStoppingRule } from "@pareidolia/perception/stopping/registry";
import { assignImages, type ImageState } from "@pareidolia/perception/study/assignImages";
import { buildTrials } from "@pareidolia/perception/trials/buildTrials";
import type { DesignedTrials, Phase } from "@pareidolia/perception/trials/design";
import { describe, expect, it } from "vitest";
import { countingRules, imagesOf, studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan } from "../../../support/studyPlans.ts";

const unchecked = { gold: [], noise: [], canaries: [], exemplars: [] };

function planOf(design: DesignedTrials, { overlap = 2, counted = design.perVoter.counted, votes = 1000 } = {}) {
  const stopping = resolveStoppingRule("fixedNumber", { votes });
  return { ...studyPlan({ ...design, perVoter: { ...design.perVoter, counted } }, { stopping }), overlap };
}

const unvoted: Omit<ImageState, "index"> = { votes: 0, agreeing: 0, judged: 0, holders: 0, votesOfHolders: 0 };

/** The state of each image, where some differ from one without voters. */
function statesOf(count: number, given: Readonly<Record<number, Partial<ImageState>>> = {}): ImageState[] {
  return Array.from({ length: count }, (_, index) => ({ ...unvoted, ...given[index], index }));
}

describe("images for a voter", () => {
  const six = studyDesign(6, {}, unchecked);

  it("are those with the fewest voters, in any order of arrival equally often", () => {
    const plan = planOf(six, { counted: 3, overlap: 10 });
    const states = statesOf(6, { 1: { votes: 2 }, 4: { holders: 1 }, 5: { votes: 3, holders: 1, votesOfHolders: 1 } });
    // Taken places: 0, 2, 0, 0, 1 and 2 + 1 = 3.
    for (let voter = 0; voter < 20; voter++) expect(assignImages(plan, states, voter)?.items).toEqual([0, 2, 3]);
    const firsts = Array.from({ length: 300 }, (_, voter) => assignImages(planOf(six, { counted: 2 }), statesOf(6), voter)?.items ?? []);
    for (let image = 0; image < 6; image++) {
      // 300 voters x 2 of 6 images: 100 expected, with a standard deviation of 8.2.
      const times = firsts.filter((items) => items.includes(image)).length;
      expect(Math.abs(times - 100)).toBeLessThan(33);
    }
  });

  it("fill all places exactly, one voter after the other", () => {
    const plan = planOf(six, { counted: 4, overlap: 2 });
    const taken = [0, 0, 0, 0, 0, 0];
    for (let voter = 0; voter < 3; voter++) {
      const states = statesOf(6, Object.fromEntries(taken.map((holders, index) => [index, { holders }])));
      for (const item of assignImages(plan, states, voter)?.items ?? []) taken[item] = (taken[item] ?? 0) + 1;
    }
    expect(taken).toEqual([2, 2, 2, 2, 2, 2]);
    expect(assignImages(plan, statesOf(6, Object.fromEntries(taken.map((holders, index) => [index, { holders }]))), 3)).toBeNull();
  });

  it("leave out those whose stopping rule has stopped", () => {
    const states = statesOf(6, { 0: { votes: 5, agreeing: 5 }, 2: { votes: 4, agreeing: 1 } });
    expect(assignImages(planOf(six, { overlap: 100, votes: 5 }), states, 0)?.items).toEqual([1, 2, 3, 4, 5]);
  });

  it("stop by the votes of one phase, and texts are no votes against the label", () => {
    const phases = ["freeText", "alternatives"].map((kind) => ({
      ...countingRules.phases[0],
      protocol: resolveProtocol(kind as "freeText", {}),
    }));
    const twoPhases = studyDesign(6, { phases: phases as typeof countingRules.phases }, unchecked);
    const fixed = planOf(twoPhases, { overlap: 1_000, votes: 5 });
    const states = statesOf(6, { 0: { votes: 10, agreeing: 5 }, 1: { votes: 9, agreeing: 4 } });
    expect(assignImages(fixed, states, 0)?.items).toEqual([1, 2, 3, 4, 5]);
    const stopping = resolveStoppingRule("sequentialBound", { minimum: 5 });
    const bound = { ...fixed, rules: { ...fixed.rules, stopping } };
    // 60 people wrote a text and named the label: the share is 1. Counted together with the texts, it would be 1/2.
    const agreed = statesOf(6, { 0: { votes: 120, judged: 60, agreeing: 60 }, 1: { votes: 60, judged: 30, agreeing: 30 } });
    const one = { ...bound, rules: { ...bound.rules, design: studyDesign(6, {}, unchecked) } };
    expect(assignImages(bound, agreed, 0)?.items).not.toContain(0);
    const half = statesOf(6, { 0: { votes: 120, judged: 120, agreeing: 60 }, 1: { votes: 60, judged: 60, agreeing: 30 } });
    expect(assignImages(one, half, 0)?.items).toContain(0);
  });

  it("stop by votes on agreement only: neither texts nor choices between images of one label disagree", () => {
    const phasesOf = (...protocols: Protocol[]) => protocols.map((protocol) => ({ ...(countingRules.phases[0] as Phase), protocol }));
    const unjudged = statesOf(6, { 0: { votes: 60 }, 1: { votes: 12 } });
    const everyImage = [0, 1, 2, 3, 4, 5];
    for (const kind of ["intervalWidth", "posteriorBound", "sequentialBound"] as const) {
      const stopping = resolveStoppingRule(kind, {});
      const itemsOf = (phases: readonly Phase[], states: readonly ImageState[], labels = everyImage): readonly number[] => {
        const design = studyDesign(6, { phases }, { ...unchecked, stimuli: imagesOf(labels) });
        const plan = planOf(design, { overlap: 1_000 });
        return assignImages({ ...plan, rules: { ...plan.rules, stopping } }, states, 0)?.items ?? [];
      };
      const textFirst = phasesOf(resolveProtocol("freeText", {}), resolveProtocol("alternatives", {}));
      expect(itemsOf(textFirst, unjudged)).toEqual(everyImage);
      const disagreeing = statesOf(6, { 0: { votes: 600, judged: 300 } });
      expect(itemsOf(textFirst, disagreeing)).toEqual([1, 2, 3, 4, 5]);
      expect(itemsOf(phasesOf(resolveProtocol("pairwise", {})), unjudged, [0, 0, 0, 1, 1, 1])).toEqual(everyImage);
    }
  });

  it("begin with those that were assigned to the voter, as far as they have places", () => {
    const states = statesOf(6, { 2: { holders: 1 }, 4: { holders: 2 } });
    expect(assignImages(planOf(six, { counted: 2 }), states, 0, [2, 4])?.items).toContain(2);
    expect(assignImages(planOf(six, { counted: 2 }), states, 0, [2, 4])?.items).not.toContain(4);
    expect(assignImages(planOf(six, { counted: 2 }), states, 0, [2, 3])?.items).toEqual([2, 3]);
  });

  it("have the trials that the voter's number and images give anywhere", () => {
    const plan = planOf(six, { counted: 4 });
    const assigned = assignImages(plan, statesOf(6), 11);
    expect(assigned?.trials).toEqual(buildTrials(plan.rules.design, { seed: plan.seed, voter: 11, items: assigned?.items ?? [] }));
  });

  it("count a vote in each phase as one voter", () => {
    const phases = [resolveProtocol("yesNo", {}), resolveProtocol("alternatives", {})].map((protocol) => ({
      ...(countingRules.phases[0] as DesignedTrials["phases"][number]),
      protocol,
    }));
    const plan = planOf(studyDesign(3, { phases }, unchecked), { overlap: 2 });
    // Two voters with both votes, one with one vote, and one with a vote who may still vote.
    const states = statesOf(3, { 0: { votes: 4 }, 1: { votes: 1 }, 2: { votes: 2, holders: 1, votesOfHolders: 1 } });
    expect(assignImages(planOf(studyDesign(3, { phases }, unchecked), { overlap: 3 }), states, 0)?.items).toEqual([0, 1, 2]);
    // The only free image needs another label beside it.
    const items = assignImages(plan, states, 0)?.items ?? [];
    expect(items).toContain(1);
    expect(items).toHaveLength(2);
  });

  it("that are too few for a trial get as few others as possible beside them", () => {
    const states = statesOf(6, Object.fromEntries([0, 1, 2, 3, 4].map((index) => [index, { holders: 2 + (index % 3) }])));
    const assigned = assignImages(planOf(six, { overlap: 2 }), states, 0);
    expect(assigned?.items).toHaveLength(2);
    expect(assigned?.items).toContain(5);
    expect(assigned?.items.some((item) => item === 0 || item === 3)).toBe(true);
  });

  it("are one of each group, or all of one condition, if the design says so", () => {
    const stimuli = imagesOf([0, 1, 2, 3, 4, 5]).map((stimulus, index) => ({
      ...stimulus,
      group: `group ${index % 3}`,
      condition: index < 3 ? "best" : "worst",
    }));
    const rules = { ...unchecked, stimuli, labels: [0, 1, 2, 3, 4, 5] };
    const ofGroups = planOf(studyDesign(6, { assignment: "onePerGroup" }, rules));
    const groups = statesOf(6, { 0: { holders: 1 }, 4: { holders: 1 }, 2: { holders: 2 }, 5: { holders: 1 } });
    expect(assignImages(ofGroups, groups, 0)?.items).toEqual([1, 3, 5]);
    const ofConditions = planOf(studyDesign(6, { assignment: "oneCondition" }, rules));
    expect(assignImages(ofConditions, statesOf(6, { 4: { holders: 1 } }), 0)?.items).toEqual([0, 1, 2]);
    expect(assignImages(ofConditions, statesOf(6, { 0: { holders: 2 }, 1: { holders: 2 }, 2: { holders: 2 } }), 0)?.items).toEqual([
      3, 4, 5,
    ]);
  });
});
