/** How many voters the results' switch names: those with votes that count, not those who only opened the study. */
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import { computeResult } from "@pareidolia/perception/study/studyResults";
import { expect, it } from "vitest";
import { namesOfChoices } from "../../../../apps/web/src/features/studyResults/voterWords.ts";
import { studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";
import { simulatedStudy } from "../../../support/studyVotes.ts";

it("leaves out voters who never answered", () => {
  const study = simulatedStudy(studyPlan(withImageHashes(studyDesign(8))), { voters: 9 });
  const silent = new Set([2, 7]);
  const votes = study.votes.filter(({ voter }) => !silent.has(voter));
  const answered = new Set(votes.filter(({ answer }) => answer !== null && !("cantTell" in (answer as object))).map(({ voter }) => voter));
  const { counts } = computeResult("voters", collectStudy({ ...study, votes }));
  expect(counts.everyone.voters).toBe(9);
  expect(answered.size).toBe(7);
  // Voter 4 could see the study's labels.
  expect(namesOfChoices(counts)).toEqual({ planned: "As planned, 6", all: "All 7" });
});
