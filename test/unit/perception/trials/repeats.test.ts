/** Images that a voter sees a second time: where they come, that their answers are no votes, and what they say about the voter. */
import { canonicalJson } from "@pareidolia/core/canonicalJson";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { isSameAnswer } from "@pareidolia/perception/study/repeats";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import type { StudyVote } from "@pareidolia/perception/study/results/studyData";
import { draftFromTemplate, parseStudyDraft } from "@pareidolia/perception/study/studyDraft";
import { computeResult } from "@pareidolia/perception/study/studyResults";
import { voterRows } from "@pareidolia/perception/study/trialRow";
import { getTemplate } from "@pareidolia/perception/templates/registry";
import { buildTrials } from "@pareidolia/perception/trials/buildTrials";
import { checkDesign, parseDesign } from "@pareidolia/perception/trials/design";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { describe, expect, it } from "vitest";
import { studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";

const once = studyDesign(20, { phases: [{ protocol: resolveProtocol("yesNo", {}), timing: resolveParameters(timingSpecs, {}) }] });
const design = { ...once, repeats: 8 };
const voters = [0, 1, 2, 17];

describe("a design that repeats images", () => {
  it("shows some a second time, at least half of the images after the first time", () => {
    for (const voter of voters) {
      const shown = buildTrials(design, { seed: 5, voter }).filter(({ role }) => role === "counted" || role === "repeat");
      const repeats = shown.filter(({ role }) => role === "repeat");
      expect(shown).toHaveLength(28);
      expect(new Set(repeats.map(({ item }) => item)).size).toBe(8);
      for (const repeat of repeats) {
        const first = shown.findIndex(({ role, item }) => role === "counted" && item === repeat.item);
        const between = shown.slice(first, shown.indexOf(repeat)).filter(({ role }) => role === "counted").length;
        expect(between).toBeGreaterThan(10);
        const { number: _number, role: _role, ...before } = shown[first] as (typeof shown)[number];
        expect(repeat).toMatchObject(before);
      }
    }
    const places = voters.map((voter) =>
      buildTrials(design, { seed: 5, voter }).flatMap(({ role, number }) => (role === "repeat" ? [number] : [])),
    );
    expect(new Set(places.map((own) => own.join())).size).toBe(voters.length);
  });

  it("shows all other trials in the order that they have without repeats", () => {
    const onlyCounted = (of: typeof once) =>
      buildTrials(of, { seed: 5, voter: 3 }).flatMap(({ role, item }) => (role === "counted" ? [item] : []));
    expect(onlyCounted(design)).toEqual(onlyCounted(once));
  });

  it("is stored with their number, which other designs do not name", () => {
    expect(canonicalJson(once)).not.toContain("repeats");
    for (const one of [once, design]) expect(parseDesign(JSON.parse(canonicalJson(one)))).toEqual(one);
    for (const repeats of [0, 11, 1.5]) expect(() => checkDesign({ ...once, repeats })).toThrow("can see up to 10 of them twice");
    const { repeats: _repeats, ...earlier } = draftFromTemplate("zhouFirestoneE1", 1);
    expect(parseStudyDraft(JSON.parse(JSON.stringify(earlier))).repeats).toBe(0);
  });
});

describe("the answers to repeated images", () => {
  const plan = studyPlan(withImageHashes(design));
  const trials = buildTrials(plan.rules.design, { seed: plan.seed, voter: 0 });
  // The voter recognises everything the first time, and every second image the second time.
  const votes = trials.map(({ number, role, item }): StudyVote => {
    const answer = { choice: role === "repeat" && item % 2 === 1 ? 1 : 0 };
    return { voter: 0, trial: number, answer, timedOut: false, responseMs: 900, timing: null };
  });
  const voter = { number: 0, items: null, finished: true, insider: false, still: false };
  const images = plan.rules.design.stimuli.map(() => ({ confidence: 0.9, source: "cppn" }));

  it("are no votes, and say how far a voter answers the same", () => {
    const evidence = collectStudy({ plan, images, voters: [voter], votes });
    const result = computeResult("voters", evidence);
    const same = trials.filter(({ role, item }) => role === "repeat" && item % 2 === 0).length;
    expect(result.counts.everyone).toMatchObject({ votes: 20, images: 20 });
    expect(result.everyone.voters).toMatchObject([{ votes: 20, repeats: { same, of: 8 }, agreement: { hits: 20, of: 20 } }]);
  });

  it("are rows of the export, marked as repeats that do not count", () => {
    const exported = { study: "STU-1", planHash: "", plan, images: { counted: images, gold: [], noise: [], canary: [] } };
    const own = votes.map((vote) => ({ ...vote, votedAt: "" }));
    const rows = [...voterRows(exported, { voter, votes: own, exclusions: [] })].filter(({ trial }) => trial.role === "repeat");
    expect(rows.map(({ counts, source }) => [counts, source])).toEqual(Array.from({ length: 8 }, () => [false, "cppn"]));
    expect(rows.map(({ agrees, trial }) => agrees === (trial.item % 2 === 0))).toEqual(Array.from({ length: 8 }, () => true));
  });

  it("are the same if they are equal; ratings may differ by a level", () => {
    expect(isSameAnswer({ choice: 1 }, { choice: 1 })).toBe(true);
    expect(isSameAnswer({ choice: 1 }, { cantTell: true })).toBe(false);
    expect(isSameAnswer({ ratings: [0, 4] }, { ratings: [1, 4] })).toBe(true);
    expect(isSameAnswer({ ratings: [0, 4] }, { ratings: [2, 4] })).toBe(false);
  });
});

it("Golan's template has five levels and repeats, as the authors' data have", () => {
  const { rules } = getTemplate("golan");
  expect(rules.phases.map(({ protocol }) => protocol.values)).toEqual([{ cantTell: "notOffered", levels: 5, labels: "every" }]);
  expect(rules.repeats).toBe(10);
  expect(draftFromTemplate("golan", 1).repeats).toBe(10);
});
