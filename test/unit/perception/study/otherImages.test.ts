/** Voters who join one after the other take all places of a study, whatever images they draw. */
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { plainStimulus } from "@pareidolia/perception/protocols/stimulus";
import { assignImages } from "@pareidolia/perception/study/assignImages";
import type { DesignedTrials, Phase, TrialRules } from "@pareidolia/perception/trials/design";
import { describe, expect, it } from "vitest";
import { classesUpTo, countingRules, studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan } from "../../../support/studyPlans.ts";

const { timing } = countingRules.phases[0] as Phase;
const seeds = 16;
const overlap = 6;

interface Study {
  readonly phases: readonly Phase["protocol"][];
  readonly labels: number;
  readonly imagesOfLabel: number;
  readonly counted: number;
  readonly rules?: Partial<TrialRules>;
}

function designOf({ phases, labels, imagesOfLabel, counted, rules = {} }: Study): DesignedTrials {
  const stimuli = classesUpTo(labels).flatMap((label) =>
    classesUpTo(imagesOfLabel).map((index) => ({ ...plainStimulus(`image-${label}-${index}`, label), group: `group ${index % counted}` })),
  );
  const design = studyDesign(
    1,
    { phases: phases.map((protocol) => ({ protocol, timing })), ...rules },
    { stimuli, labels: classesUpTo(labels), gold: [], noise: [], canaries: [], exemplars: [] },
  );
  return { ...design, perVoter: { ...design.perVoter, counted: design.assignment === "all" ? counted : stimuli.length } };
}

/** Every voter answers every trial. @returns the voters of each image once no other voter may join. */
function fill(design: DesignedTrials, seed: number): number[] {
  const plan = { ...studyPlan(design), seed, overlap };
  const taken = design.stimuli.map(() => 0);
  for (let voter = 0; ; voter++) {
    const states = taken.map((holders, index) => ({ index, votes: 0, judged: 0, agreeing: 0, holders, votesOfHolders: 0 }));
    const items = assignImages(plan, states, voter)?.items;
    if (items === undefined) return taken;
    for (const item of items) taken[item] = (taken[item] as number) + 1;
  }
}

const twoLabels = resolveProtocol("alternatives", {});

describe("the places of a study", () => {
  it.each<[string, Study]>([
    ["two labels of three", { phases: [twoLabels], labels: 3, imagesOfLabel: 20, counted: 5 }],
    ["two labels of two", { phases: [twoLabels], labels: 2, imagesOfLabel: 20, counted: 6 }],
    ["four options", { phases: [resolveProtocol("alternatives", { alternatives: 4 })], labels: 10, imagesOfLabel: 6, counted: 8 }],
    ["eight options", { phases: [resolveProtocol("alternatives", { alternatives: 8 })], labels: 12, imagesOfLabel: 5, counted: 20 }],
    ["one image of three", { phases: [resolveProtocol("reverse", { alternatives: 3 })], labels: 3, imagesOfLabel: 12, counted: 5 }],
    ["pairs of one label", { phases: [resolveProtocol("pairwise", {})], labels: 6, imagesOfLabel: 10, counted: 8 }],
    ["pairs of two labels", { phases: [resolveProtocol("pairwise", { pairs: "otherLabel" })], labels: 3, imagesOfLabel: 10, counted: 4 }],
    [
      "pairs of one label, then two labels",
      { phases: [resolveProtocol("pairwise", {}), twoLabels], labels: 4, imagesOfLabel: 8, counted: 5 },
    ],
    [
      "groups of images with all labels",
      { phases: [twoLabels], labels: 4, imagesOfLabel: 9, counted: 3, rules: { assignment: "onePerGroup" } },
    ],
  ])("are all taken: %s", (_, study) => {
    const design = designOf(study);
    const places = design.stimuli.length * overlap;
    let more = 0;
    for (const seed of classesUpTo(seeds)) {
      const taken = fill(design, seed);
      expect(
        taken.filter((voters) => voters < overlap),
        `seed ${seed}`,
      ).toEqual([]);
      more += taken.reduce((sum, voters) => sum + voters - overlap, 0);
    }
    expect(more / seeds / places).toBeLessThan(0.05);
  });
});
