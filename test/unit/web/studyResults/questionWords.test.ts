/** Words of the pages that follow the question: texts without coding, what agreement means, and whether noise can be judged. */

import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import { serialiseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { computeResult, type StudyResult } from "@pareidolia/perception/study/studyResults";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { StudyImageTable } from "../../../../apps/web/src/features/study/StudyImageTable.tsx";
import { NoiseCount } from "../../../../apps/web/src/features/studyBuilder/NoiseCount.tsx";
import { agreementWords, wordsOfAll } from "../../../../apps/web/src/features/studyResults/agreementWords.ts";
import { Consistency } from "../../../../apps/web/src/features/studyResults/Consistency.tsx";
import { GroupImages } from "../../../../apps/web/src/features/studyResults/GroupImages.tsx";
import { GroupTable } from "../../../../apps/web/src/features/studyResults/GroupTable.tsx";
import { groupRows } from "../../../../apps/web/src/features/studyResults/groupRows.ts";
import { readPlan } from "../../../../apps/web/src/features/studyResults/planOfResults.ts";
import { QuestionNote } from "../../../../apps/web/src/features/studyResults/QuestionNote.tsx";
import { VoterTable } from "../../../../apps/web/src/features/studyResults/VoterTable.tsx";
import { studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";
import { simulatedStudy } from "../../../support/studyVotes.ts";

const phaseOf = (kind: "alternatives" | "yesNo" | "reverse" | "freeText", values: Record<string, unknown> = {}) => ({
  protocol: resolveProtocol(kind, values),
  timing: resolveParameters(timingSpecs, {}),
});

it("a phase of free text says that coding is missing, and others say nothing", () => {
  const noteOf = (kind: "freeText" | "yesNo"): string => {
    const plan = readPlan(serialiseStudyPlan(studyPlan(withImageHashes(studyDesign(8, { phases: [phaseOf(kind)] })))));
    return renderToStaticMarkup(createElement(QuestionNote, { studyKey: "STU-1", plan, question: 0, coding: undefined, side: "everyone" }));
  };
  expect(noteOf("freeText")).toContain("Coding is missing");
  expect(noteOf("yesNo")).toBe("");
});

it("a coded phase of free text says by which coding its answers agree, and which share", () => {
  const plan = readPlan(serialiseStudyPlan(studyPlan(withImageHashes(studyDesign(8, { phases: [phaseOf("freeText")] })))));
  const counts = { sameLabel: 5, otherLabel: 1, noLabel: 2, uncodable: 1, withoutText: 0 };
  const answers = {
    defined: true,
    share: { defined: true, estimate: 0.625, low: 0.4, high: 0.8, n: 8, over: "votersAndImages" },
    ...counts,
  };
  const agreement = { texts: 5, codes: 10, alpha: { defined: true, estimate: 0.71, low: 0.4, high: 0.9 } };
  const coding = {
    shared: { coding: { defined: true, coders: 2, texts: 5, settled: 1, agreement } },
    everyone: { phases: [{ protocol: "freeText", answers }] },
  } as unknown as StudyResult<"coding">;
  const html = renderToStaticMarkup(createElement(QuestionNote, { studyKey: "STU-1", plan, question: 0, coding, side: "everyone" }));
  const text = html.replaceAll(/<[^>]*>/g, "");
  expect(html).toContain('href="/studies/STU-1/coding"');
  expect(text).toContain("of 5 texts by 2 researchers (α = .71), 1 dispute settled; 1 answer that can’t be coded is left out.");
  expect(text).toContain("62.5%");
  expect(text).not.toContain("missing");
});

it("only a question with labels to choose from says that people named a class", () => {
  expect(agreementWords(phaseOf("alternatives")).share).toContain("named the same class");
  for (const kind of ["yesNo", "reverse", "freeText"] as const) expect(agreementWords(phaseOf(kind)).share).not.toContain("named");
});

it("the words of a study follow all of its questions", () => {
  expect(wordsOfAll([phaseOf("yesNo")]).column).toBe("“Yes”");
  expect(wordsOfAll([phaseOf("yesNo"), phaseOf("alternatives")]).column).toBe("Agree or “yes”");
  expect(wordsOfAll([phaseOf("alternatives"), phaseOf("reverse")]).column).toBe("People agree");
});

it("groups, images and consistency of yes or no are not described as agreement", () => {
  const phases = [phaseOf("yesNo")];
  const design = { ...studyDesign(12, { phases }), perVoter: { counted: 12, gold: 0, noise: 0, canaries: 0 } };
  const study = simulatedStudy(studyPlan(withImageHashes(design)), {
    voters: 6,
    answer: ({ item }, voter) => ({ choice: (item + voter) % 3 === 0 ? 1 : 0 }),
  });
  const evidence = collectStudy(study);
  const plan = readPlan(serialiseStudyPlan(study.plan));
  const words = agreementWords(phases[0] as (typeof phases)[number]);
  const grouping = computeResult("groups", evidence).everyone.phases[0]?.groupings.find(({ groups }) => groups.length > 0);
  const consistency = computeResult("consistency", evidence).everyone.phases[0];
  const voters = computeResult("voters", evidence).everyone.voters;
  if (grouping === undefined || consistency === undefined) throw new Error("The study has no groups.");
  const rows = groupRows(grouping, "share", 0);
  const images = [
    { index: 0, label: 0, source: "cppn", votes: 3, agreeing: 2, decisions: [], image: { sha256: "0", width: 28, height: 28 } },
  ];
  const html = [
    createElement(GroupTable, { label: "By source", rows, baseline: 0, measure: "share", words, onBaseline: () => {} }),
    createElement(GroupImages, { rows, plan, words }),
    createElement(Consistency, { phase: consistency, seed: 1, words }),
    createElement(VoterTable, { voters, question: 0, plan, warnings: [], detail: "full" }),
    createElement(StudyImageTable, {
      studyKey: "STU-1",
      images: images as never,
      classNames: [],
      overlap: null,
      interval: "wilson",
      words: wordsOfAll(phases),
    }),
  ].map((element) => renderToStaticMarkup(element));
  for (const text of html) expect(text).not.toMatch(/agree/i);
  for (const text of [...html.slice(0, 2), ...html.slice(3)]) expect(text).toMatch(/“yes”/i);
  expect(html[2]).toContain("by the images in which people recognise something");
});

it("the builder offers noise only where an answer can show attention", () => {
  const htmlOf = (noise: number, ...phases: readonly ReturnType<typeof phaseOf>[]): string =>
    renderToStaticMarkup(createElement(NoiseCount, { protocols: phases.map(({ protocol }) => protocol), noise, onChange: () => {} }));
  expect(htmlOf(0, phaseOf("alternatives"))).not.toContain("<input");
  expect(htmlOf(2, phaseOf("alternatives"))).toContain("Remove noise");
  expect(htmlOf(2, phaseOf("yesNo"))).toContain("<input");
  expect(htmlOf(2, phaseOf("alternatives", { cantTell: "missing" }))).toContain("<input");
  expect(htmlOf(2, phaseOf("yesNo"), phaseOf("alternatives"))).toContain("Not judged in question 2");
});
