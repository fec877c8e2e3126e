/** Numbers and sentences of the results of a study. */
import { serialiseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { resolveExclusion } from "@pareidolia/perception/voters/exclusion";
import { describe, expect, it } from "vitest";
import { formatCell } from "../../../../apps/web/src/features/studyResults/firstTrials.ts";
import {
  describeExclusion,
  describeQuestion,
  describeReason,
  readPlan,
} from "../../../../apps/web/src/features/studyResults/planOfResults.ts";
import {
  formatCounted,
  formatInterval,
  formatMilliseconds,
  formatP,
  formatPoints,
  formatShare,
  formatSmallNumber,
  formatUnit,
} from "../../../../apps/web/src/features/studyResults/resultFormats.ts";
import { studyResultsAddress } from "../../../../apps/web/src/features/studyResults/resultsState.ts";
import { bySkill, describePlanned, type VoterOfResults } from "../../../../apps/web/src/features/studyResults/voterWords.ts";
import { studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";

describe("numbers", () => {
  it("are short, and never say more than they mean", () => {
    for (const [text, expected] of [
      [formatShare(0.2377), "23.8%"],
      [formatShare(1), "100%"],
      [formatShare(0), "0%"],
      [formatUnit(0.314), ".31"],
      [formatUnit(-0.02), "−.02"],
      [formatUnit(-0.001), ".00"],
      [formatUnit(1), "1.00"],
      [formatPoints(0.0013), "+.13"],
      [formatPoints(-0.012), "−1.20"],
      [formatP(0.0094), "p = .009"],
      [formatP(0.0001), "p < .001"],
      [formatMilliseconds(640.4), "640 ms"],
      [formatMilliseconds(1940), "1.9 s"],
      [formatInterval({ low: 0.27, high: 0.35 }, formatUnit), ".27 – .35"],
      [formatCounted(1, "vote"), "1 vote"],
      [formatCounted(2858, "vote"), "2,858 votes"],
      [formatSmallNumber(10), "ten"],
      [formatSmallNumber(48), "48"],
    ])
      expect(text).toBe(expected);
  });

  it("cells of the export are short, and empty without a value", () => {
    expect(formatCell(null)).toBe("");
    expect(formatCell(false)).toBe("no");
    expect(formatCell(0.1 + 0.2)).toBe("0.3");
    expect(formatCell(["a".repeat(64), "b"])).toBe("aaaaaaaa…, b");
  });
});

describe("the plan", () => {
  const plan = studyPlan(withImageHashes(studyDesign(4)), { exclusion: resolveExclusion({ goldHits: 6, medianMs: 600 }) });

  it("gives labels and addresses of images", () => {
    const read = readPlan(JSON.stringify(plan));
    expect(read.labelOf(2)).toBe("label 2");
    expect(read.addressOf(2)).toBe(`/images/${plan.rules.design.stimuli[2]?.image}.png`);
    expect(read.imageOf(3)).toBe(3);
    expect(read.imageOf(99)).toBeNull();
    expect(read.nameOf(99)).toBe("class 99");
  });

  it("says what excludes voters, and what the question offers", () => {
    expect(describeExclusion(plan)).toEqual(["gold under 6", "median under 600 ms"]);
    expect(describeExclusion(studyPlan(studyDesign(4)))).toEqual([]);
    expect(describeExclusion({ ...plan, stillVersion: "leftOut" })[0]).toBe("the still version");
    expect(describeReason("still", plan)).toBe("the still version");
  });

  it("says of a voter only what the plan leaves out, and nothing of a session that no rule requires to be finished", () => {
    const results = readPlan(serialiseStudyPlan(plan));
    expect(describePlanned({ exclusions: [] }, results)).toBe("kept");
    expect(describePlanned({ exclusions: ["goldHits"] }, results)).toBe("left out: gold under 6");
    expect(describePlanned({ exclusions: ["unfinished", "medianMs"] }, results)).toBe(
      "left out: session not finished, median under 600 ms",
    );
    expect(plan.rules.design.phases.map(describeQuestion)).toEqual(["two options"]);
  });

  it("refuses a damaged text, and names the field", () => {
    expect(() => readPlan(JSON.stringify({ ...plan, overlap: "many" }))).toThrow("overlap");
  });
});

it("voters are listed by skill, those left out by the plan last", () => {
  const skill = (estimate: number) => ({ defined: true as const, estimate, low: 0, high: 1, n: 10, over: "images" as const });
  const voter = (number: number, skills: VoterOfResults["skills"], exclusions: VoterOfResults["exclusions"] = []) =>
    ({ number, skills, exclusions }) as unknown as VoterOfResults;
  const voters = [
    voter(0, [skill(0.2)]),
    voter(1, [skill(0.9)], ["goldHits"]),
    voter(2, [{ defined: false, reason: "no answers" }]),
    voter(3, [skill(0.7)]),
    voter(4, [skill(0.7)]),
  ];
  expect(bySkill(voters, 0).map(({ number }) => number)).toEqual([3, 4, 0, 2, 1]);
});

it("each tab has an address", () => {
  expect(studyResultsAddress("STU-12")).toBe("/studies/STU-12/results");
  expect(studyResultsAddress("STU-12", "bias")).toBe("/studies/STU-12/results/bias");
});
