/** The browser's plan of a draft: the server's text, or what the draft lacks. */

import { defaultConsentTexts } from "@pareidolia/perception/study/defaultConsent";
import { type DraftImage, planStudy } from "@pareidolia/perception/study/planStudy";
import { draftFromTemplate } from "@pareidolia/perception/study/studyDraft";
import { serialiseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { exclusionSpecs } from "@pareidolia/perception/voters/exclusion";
import { expect, it } from "vitest";
import { planDraft } from "../../../../apps/web/src/features/studyBuilder/draftPlan.ts";
import { targetOf } from "../../../../apps/web/src/features/studyBuilder/ruleRows.ts";
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
  const { text, problems } = planDraft(draft, { seed: 5, images, classNames });
  expect(problems).toEqual([]);
  const rows = images.map(({ role, label, truth, runnersUp, foils, condition, group, image: { sha256 } }) => {
    const draftImage: DraftImage = { role, label, truth: truth ?? null, runnersUp, foils, condition, group, image: sha256 };
    return draftImage;
  });
  expect(text).toBe(serialiseStudyPlan(planStudy(draft, { seed: 5, images: rows, classNames })));
});

it("names the fields of all problems, each with a row on the page", () => {
  const broken = {
    ...draft,
    overlap: 0,
    languages: ["en", "de"],
    labelNames: {},
    consent: { ...draft.consent, minimumAge: 200 },
    selection: { ...draft.selection, take: 0 },
  };
  const { text, problems } = planDraft(broken, { seed: 5, images: [], classNames });
  expect(text).toBeNull();
  const rows = problems.map(({ field, message }) => [targetOf(field).name, message]);
  expect(rows).toEqual([
    ["Images", expect.stringContaining("at least one image")],
    ["Votes an image", expect.stringContaining("from 1 to 100000")],
    ["Images", expect.stringContaining("Draw at least one image")],
    ["Consent", expect.stringContaining("from 0 to 120 years")],
    ["Consent", expect.stringContaining("no text in de")],
  ]);
});

it("can be previewed in a language in which labels have no names, and says so", () => {
  const words = ["coil", "maze", "zebra", "bubble"];
  const german = { ...draft, languages: ["de"], consent: { ...draft.consent, texts: { de: defaultConsentTexts.de } } };
  const { plan, problems } = planDraft(german, { seed: 5, images, classNames: words });
  expect(plan?.labelNames["de"]).toEqual(["", "", "", ""]);
  expect(problems).toEqual([{ field: "labelNames.de", message: expect.stringMatching(/^Label coil and 3 more have no name in de\./) }]);
});

it("has a row for each field that a problem can be about", () => {
  const named = [
    "gold",
    "noise",
    "canaries",
    "exemplars",
    "foils",
    "truths",
    "groups",
    "conditions",
    "phases",
    "decay",
    "labels",
    "stillVersion",
  ];
  const ofPlan = [
    "rules.stopping",
    "overlap",
    "perVoter.counted",
    "rules.design.perVoter.counted",
    "languages",
    "labelNames.de",
    "consent.texts",
  ];
  const excluded = exclusionSpecs.map(({ name }) => `rules.exclusion.${name}`);
  for (const field of [...named, ...ofPlan, ...excluded]) expect(targetOf(field).name, field).not.toBe("Plan");
});
