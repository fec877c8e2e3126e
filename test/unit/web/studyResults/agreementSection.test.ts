/** Agreement of a study of one image: coefficients that chance explains are undefined, and the page gives the reason, not .00. */
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import { computeResult } from "@pareidolia/perception/study/studyResults";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { AgreementSection } from "../../../../apps/web/src/features/studyResults/AgreementSection.tsx";
import { wordsOfAll } from "../../../../apps/web/src/features/studyResults/agreementWords.ts";
import { studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";
import { simulatedStudy } from "../../../support/studyVotes.ts";

function textOf(votedImages: number): string {
  const design = { ...studyDesign(12), perVoter: { counted: 12, gold: 0, noise: 0, canaries: 0 } };
  const study = simulatedStudy(studyPlan(withImageHashes(design)), {
    voters: 12,
    sessionShare: () => 1,
    answer: ({ item }, voter) => (item < votedImages ? { choice: (item + voter) % 2 } : null),
  });
  const evidence = collectStudy(study);
  const phase = computeResult("agreement", evidence).everyone.phases[0];
  const consistency = computeResult("consistency", evidence).everyone.phases[0];
  if (phase === undefined) throw new Error("The study has no phase.");
  const html = renderToStaticMarkup(
    createElement(AgreementSection, { studyKey: "STU-1", phase, consistency, seed: 1, words: wordsOfAll([]) }),
  );
  return html.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
}

it("of one image has reasons in place of coefficients", () => {
  const text = textOf(1);
  expect(text).toContain("Undefined. Agreement by chance is estimated from the answers to all images");
  expect(text).toMatch(/Fleiss’ κ – Agreement by chance/);
  expect(text).not.toMatch(/\.00 – \.00/);
});

it("of many images says over what each interval generalises", () => {
  const text = textOf(12);
  expect(text).toMatch(/Fleiss’ κ \S+ \S+ – \S+, 144 votes 95% interval for other voters and other images/);
});
