/** Every interval on the tabs of results says over what it generalises, as the results say: on the page, in titles and in CSV files. */
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import { serialiseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { computeResult } from "@pareidolia/perception/study/studyResults";
import { createElement, type ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { wordsOfAll } from "../../../../apps/web/src/features/studyResults/agreementWords.ts";
import { CountingSection } from "../../../../apps/web/src/features/studyResults/CountingSection.tsx";
import { GroupTable } from "../../../../apps/web/src/features/studyResults/GroupTable.tsx";
import { groupCells, groupColumns, groupRows } from "../../../../apps/web/src/features/studyResults/groupRows.ts";
import { computedPoints } from "../../../../apps/web/src/features/studyResults/planePoints.ts";
import { planeColumns, planeRows } from "../../../../apps/web/src/features/studyResults/planeRows.ts";
import { readPlan } from "../../../../apps/web/src/features/studyResults/planOfResults.ts";
import { ReliabilitySection } from "../../../../apps/web/src/features/studyResults/ReliabilitySection.tsx";
import { reliabilityColumns, reliabilityRows } from "../../../../apps/web/src/features/studyResults/reliabilityRows.ts";
import { SessionSection } from "../../../../apps/web/src/features/studyResults/SessionSection.tsx";
import { VotersSection } from "../../../../apps/web/src/features/studyResults/VotersSection.tsx";
import { studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";
import { simulatedStudy } from "../../../support/studyVotes.ts";

function studyOf(images: number, voters: number) {
  const design = { ...studyDesign(images), perVoter: { counted: images, gold: 0, noise: 0, canaries: 0 } };
  const study = simulatedStudy(studyPlan(withImageHashes(design)), {
    voters,
    sessionShare: () => 1,
    answer: ({ item, target, options }, voter) => ({
      choice: (item * 7 + voter * 3 + item * voter) % 9 < 6 ? (target ?? 0) : (1 + (target ?? 0)) % options.length,
    }),
  });
  const described = study.images.map((image, index) => ({
    ...image,
    confidence: 0.5 + index / (2 * images),
    source: index % 2 === 0 ? "cppn" : "direct",
  }));
  return { evidence: collectStudy({ ...study, images: described }), plan: readPlan(serialiseStudyPlan(study.plan)) };
}

const { evidence } = studyOf(60, 20);
const both = "95% for other voters and other images";

const htmlOf = (element: ReactElement): string => renderToStaticMarkup(element).replace(/<style.*?<\/style>/gs, "");
const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .replace(/ ([.,]) /g, "$1 ");
const first = <T>(phases: readonly T[]): T => {
  const [phase] = phases;
  if (phase === undefined) throw new Error("The study has no phase.");
  return phase;
};
/** The cells of a row by column. */
const named = (columns: readonly string[], cells: readonly unknown[]): Record<string, unknown> => {
  expect(cells).toHaveLength(columns.length);
  return Object.fromEntries(columns.map((column, index) => [column, cells[index]]));
};

it("those of groups and of their differences, by the measure", () => {
  const grouping = first(computeResult("groups", evidence).everyone.phases).groupings.find(({ by }) => by === "source");
  if (grouping === undefined) throw new Error("There is no grouping by source.");
  const tableOf = (measure: "share" | "confidence") =>
    htmlOf(
      createElement(GroupTable, {
        label: "By source",
        rows: groupRows(grouping, measure, 0),
        baseline: 0,
        measure,
        words: wordsOfAll([]),
        onBaseline: () => {},
      }),
    );
  const html = tableOf("share");
  expect(textOf(html)).toContain(`Group Images People agree ${both} Difference, points ${both} h ${both} p, Holm`);
  // Two shares, a difference and an effect.
  expect(html.match(/title="95% interval for other voters and other images"/g)).toHaveLength(4);
  const ofImages = "95% for these voters and other images";
  expect(textOf(tableOf("confidence"))).toContain(`Confidence ${ofImages} Difference, nines ${ofImages} g ${ofImages}`);
  const cells = named(groupColumns, groupCells(groupRows(grouping, "share", 0)[1] as ReturnType<typeof groupRows>[number]));
  expect(cells).toMatchObject({
    "interval for": "other voters and other images",
    "difference and effect for": "other voters and other images",
    "no difference because": "",
  });
  const baseline = named(groupColumns, groupCells(groupRows(grouping, "share", 0)[0] as ReturnType<typeof groupRows>[number]));
  expect(baseline).toMatchObject({ "difference and effect for": null, "p, Holm": null });
});

it("those of the calibration error and of the bins", () => {
  const phase = first(computeResult("calibration", evidence).everyone.phases);
  const html = htmlOf(createElement(ReliabilitySection, { studyKey: "STU-1", phase }));
  expect(textOf(html)).toMatch(/without the bias of few images, 95% interval \S+ – \S+ for these voters and other images/);
  expect(textOf(html)).toContain("Whiskers: 95% interval for other voters and other images.");
  expect(html).toMatch(/<title>[^<]*4 images, 95% interval for other voters and other images [\d.]+% – [\d.]+%<\/title>/);
  if (!phase.groups.defined) throw new Error(phase.groups.reason);
  const [all] = phase.groups.groups;
  expect(all?.agreement).toMatchObject({ defined: true, over: "votersAndImages" });
  const diagram = all?.diagrams.find(({ binning }) => binning === "equalMass");
  if (diagram === undefined) throw new Error("There is no diagram.");
  const [row] = reliabilityRows("all", diagram);
  expect(named(reliabilityColumns, row ?? [])).toMatchObject({
    images: 4,
    "interval for": "other voters and other images",
    "ECE without bias: interval for": "these voters and other images",
  });
});

it("those of single images, voters and skills, and of trials over the session", () => {
  const { evidence: small, plan } = studyOf(24, 10);
  const plane = computeResult("plane", small);
  const shares = first(plane.everyone.phases).shares;
  if (!shares.defined) throw new Error(shares.reason);
  const [row] = planeRows(computedPoints(plane, shares), plan);
  expect(named(planeColumns, row ?? [])).toMatchObject({
    interval: "95% Wilson interval",
    "interval for": "other voters and these images",
  });
  const counting = first(computeResult("summary", small).everyone.phases);
  const counted = htmlOf(
    createElement(CountingSection, { studyKey: "STU-1", of: "voters", phase: counting, everyone: counting, labelOf: String }),
  );
  expect(textOf(counted)).toContain("Whiskers of single voters: exact 95% interval for these voters and other images.");
  expect(counted).toMatch(/<title>[^<]*%, exact 95% interval for these voters and other images [\d.]+% – [\d.]+%<\/title>/);
  const result = computeResult("voters", small);
  const skills = htmlOf(createElement(VotersSection, { studyKey: "STU-1", plan, result, side: "everyone", question: 0 }));
  expect(textOf(skills)).toContain("Intervals of skills are 95% for these voters and other images.");
  const bias = first(computeResult("bias", small).everyone.phases);
  const session = htmlOf(createElement(SessionSection, { studyKey: "STU-1", phase: bias, chance: 0.5, words: wordsOfAll([]) }));
  expect(textOf(session)).toContain("Whiskers: intervals, 95% for other voters and these images.");
});
