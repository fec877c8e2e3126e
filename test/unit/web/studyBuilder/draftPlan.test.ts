/** The browser's plan of a draft: the server's text, or what the draft lacks. */

import { type DraftImage, planStudy } from "@pareidolia/perception/study/planStudy";
import { draftFromTemplate } from "@pareidolia/perception/study/studyDraft";
import { serialiseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { expect, it } from "vitest";
import { planDraft, sectionOf } from "../../../../apps/web/src/features/studyBuilder/draftPlan.ts";
import type { StudyImageRowFragment } from "../../../../apps/web/src/graphql/generated/graphql.ts";
import { hashOfName } from "../../../support/studyPlans.ts";

const classNames = ["0", "1", "2", "3"];

const image = (label: number): StudyImageRowFragment => {
  const sha256 = hashOfName(`image ${label}`);
  return {
    role: "COUNTED",
    index: label,
    label,
    truth: null,
    runnersUp: [(label + 1) % 4],
    foils: [],
    condition: "",
    group: "",
    source: "cppn",
    confidence: 0.99,
    votes: 0,
    agreeing: 0,
    eliteId: null,
    photoId: null,
    decisions: [],
    image: { id: sha256, sha256, url: `/images/${sha256}`, width: 28, height: 28 },
    model: null,
  };
};

const draft = draftFromTemplate("zhouFirestoneE1", 5);
const images = classNames.map((_, label) => image(label));

it("has the text that planStudy gives on the server", () => {
  const { text, problem } = planDraft(draft, { seed: 5, images, classNames });
  expect(problem).toBeNull();
  const rows = images.map(({ role, label, truth, runnersUp, foils, condition, group, image: { sha256 } }) => {
    const draftImage: DraftImage = { role, label, truth: truth ?? null, runnersUp, foils, condition, group, image: sha256 };
    return draftImage;
  });
  expect(text).toBe(serialiseStudyPlan(planStudy(draft, { seed: 5, images: rows, classNames })));
});

it("names the field that a draft without images lacks", () => {
  const { text, problem } = planDraft(draft, { seed: 5, images: [], classNames });
  expect(text).toBeNull();
  expect(problem?.message).toMatch(/at least one image/);
  expect(sectionOf(problem?.field ?? "")).toBe("images");
});

it("has no plan for a language in which labels have no names", () => {
  const words = ["coil", "maze", "zebra", "bubble"];
  const german = { ...draft, languages: ["de"] };
  const { plan, problem } = planDraft(german, { seed: 5, images, classNames: words });
  expect(plan).toBeNull();
  expect(problem).toMatchObject({ field: "labelNames.de" });
});
