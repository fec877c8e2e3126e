/** The rule of mistimed trials: which votes count as planned, what the export says, and the hashes of plans without the rule. */
import { canonicalJson } from "@pareidolia/core/canonicalJson";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import { parseStudyPlan, serialiseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { computeResult } from "@pareidolia/perception/study/studyResults";
import { voterRows } from "@pareidolia/perception/study/trialRow";
import { isMistimed, parseExclusion, resolveExclusion, withMistimed } from "@pareidolia/perception/voters/exclusion";
import { describe, expect, it } from "vitest";
import { studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";
import { simulatedStudy } from "../../../support/studyVotes.ts";

const timing = { requestedMs: 100, maskMs: null, frames: null, droppedFrames: null, presentations: 1, refreshHz: 60 };

/** Each of four voters sees every third image 30 ms too long; of the other images, every fifth was not measured. */
function studyWith(mistimedMs: number) {
  const exclusion = withMistimed(resolveExclusion({}), mistimedMs);
  const plan = studyPlan(withImageHashes({ ...studyDesign(12), perVoter: { counted: 12, gold: 0, noise: 0, canaries: 0 } }), { exclusion });
  const study = simulatedStudy(plan, { voters: 4, sessionShare: () => 1, answer: ({ item }) => ({ choice: item % 2 }) });
  const votes = study.votes.map((vote) => {
    if (vote.trial % 3 === 0) return { ...vote, timing: { ...timing, shownMs: 130 } };
    return { ...vote, timing: vote.trial % 5 === 0 ? null : { ...timing, shownMs: 95 } };
  });
  return { ...study, votes };
}

describe("mistimed trials", () => {
  it("do not count as planned, and count among all votes", () => {
    const study = studyWith(20);
    const late = study.votes.filter(({ trial }) => trial % 3 === 0).length;
    expect(late).toBe(16);
    const { counts, planned, everyone } = computeResult("summary", collectStudy(study));
    expect([counts.everyone.votes, counts.planned.votes]).toEqual([48, 32]);
    expect([everyone.phases[0]?.votes, planned.phases[0]?.votes]).toEqual([48, 32]);
    expect(computeResult("summary", collectStudy(studyWith(30))).counts.planned.votes).toBe(48);
    expect(computeResult("summary", collectStudy(studyWith(0))).counts.planned.votes).toBe(48);
  });

  it("have a column in the export, which agrees with the count", () => {
    const study = studyWith(20);
    const images = { counted: study.images, gold: [], noise: [], canary: [] };
    const rows = study.voters.flatMap((voter) => {
      const votes = study.votes.filter((vote) => vote.voter === voter.number);
      return [...voterRows({ study: "STU-1", planHash: "", plan: study.plan, images }, { voter, votes, exclusions: [] })];
    });
    expect(rows.filter(({ counts, mistimed }) => counts && !mistimed)).toHaveLength(32);
  });

  it("are judged by measured and planned times alone", () => {
    const rule = { mistimedMs: 20 };
    const of = (shownMs: number | null, requestedMs: number | null) => isMistimed(rule, { shownMs, requestedMs });
    expect([of(121, 100), of(120, 100), of(79, 100), of(80, 100), of(null, 100), of(500, null)]).toEqual([
      true,
      false,
      true,
      false,
      false,
      false,
    ]);
    expect(isMistimed(rule, null)).toBe(false);
    expect(isMistimed({}, { shownMs: 900, requestedMs: 100 })).toBe(false);
  });

  it("leave the text of plans without the rule as it was, and are read back", () => {
    const { plan } = studyWith(0);
    expect(serialiseStudyPlan(plan)).not.toContain("mistimed");
    expect(canonicalJson(withMistimed(resolveExclusion({}), 0))).toBe(canonicalJson(resolveExclusion({})));
    const ruled = studyWith(20).plan;
    expect(parseStudyPlan(JSON.parse(serialiseStudyPlan(ruled)))).toEqual(ruled);
    expect(withMistimed(ruled.rules.exclusion, 0)).toEqual(plan.rules.exclusion);
    expect(() => parseExclusion({ ...resolveExclusion({}), mistimedMs: -1 })).toThrow("Mistimed trials");
  });
});
