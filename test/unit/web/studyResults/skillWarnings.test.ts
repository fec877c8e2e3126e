/** Voters who always give one answer get a high skill where the others guess: the page says so wherever it shows skills. */
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { plainStimulus } from "@pareidolia/perception/protocols/stimulus";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import { serialiseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { computeResult } from "@pareidolia/perception/study/studyResults";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { readPlan } from "../../../../apps/web/src/features/studyResults/planOfResults.ts";
import { VotersSection } from "../../../../apps/web/src/features/studyResults/VotersSection.tsx";
import { classesUpTo, studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";
import { simulatedStudy } from "../../../support/studyVotes.ts";

const images = 40;

/** Ten labels, five voters who guess, and `constant` more who answer with one label wherever it is on the screen. */
function textOf(constant: number, address: { readonly allVoters?: string } = {}): { readonly text: string; readonly constants: string[] } {
  const stimuli = classesUpTo(images).map((index) => plainStimulus(`image-${index}`, index % 10));
  const phases = [{ protocol: resolveProtocol("alternatives", { alternatives: 10 }), timing: resolveParameters(timingSpecs, {}) }];
  const design = {
    ...studyDesign(images, { phases }, { labels: classesUpTo(10), stimuli }),
    perVoter: { counted: images, gold: 0, noise: 0, canaries: 0 },
  };
  const study = simulatedStudy(studyPlan(withImageHashes(design)), {
    voters: 5 + constant,
    sessionShare: () => 1,
    answer: ({ options }, voter, random) => ({ choice: voter < 5 ? random.below(10) : options.indexOf(Math.min(...options)) }),
  });
  const result = computeResult("voters", collectStudy(study));
  const plan = readPlan(serialiseStudyPlan(study.plan));
  const html = renderToStaticMarkup(
    createElement(VotersSection, { studyKey: "STU-1", plan, result, side: "everyone", question: 0, ...address }),
  );
  const text = html
    .replace(/<style.*?<\/style>/gs, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
  const rows = [...html.matchAll(/<tr[^>]*><th scope="row">(.*?)<\/tr>/gs)].map(([, row]) =>
    (row ?? "").replace(/<!-- -->/g, "").replace(/<[^>]*>/g, " "),
  );
  return { text, constants: rows.filter((row) => row.includes("Doubtful: one answer to nearly all images")) };
}

it("the page warns of constant voters above the skills, and beside each of them", () => {
  for (const address of [{}, { allVoters: "/studies/STU-1/results/voters" }]) {
    const { text, constants } = textOf(3, address);
    expect(text).toMatch(/The skills are doubtful\. 3 voters give one answer to nearly all images/);
    expect(constants.length).toBe(3);
    const named = text.match(/They are (.*?)\./)?.[1]?.split(", ") ?? [];
    expect(new Set(constants.map((row) => row.trim().split(/\s+/)[0]))).toEqual(new Set(named));
  }
});

it("without such voters there is no warning", () => {
  expect(textOf(0).text).not.toContain("doubtful");
});
