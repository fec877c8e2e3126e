import { resolveStoppingRule } from "@pareidolia/perception/stopping/registry";
import { imagesFlash, stillTiming } from "@pareidolia/perception/study/stillVersion";
import {
  checkStudyPlan,
  parseStudyPlan,
  type StudyPlan,
  serialiseStudyPlan,
  studyPlanChecks,
} from "@pareidolia/perception/study/studyPlan";
import type { DesignedTrials } from "@pareidolia/perception/trials/design";
import { resolveExclusion } from "@pareidolia/perception/voters/exclusion";
import { describe, expect, it } from "vitest";
import { studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";

const plan = studyPlan(withImageHashes(studyDesign(20)), {
  stopping: resolveStoppingRule("intervalWidth", { width: 0.2 }),
  exclusion: resolveExclusion({ goldHits: 6 }),
});

describe("the plan of a study", () => {
  it("is stored as text and read again, with equal text for equal plans", () => {
    const stored = parseStudyPlan(JSON.parse(serialiseStudyPlan(plan)));
    expect(stored).toEqual(plan);
    expect(serialiseStudyPlan(stored)).toBe(serialiseStudyPlan(plan));
    const reversed = Object.fromEntries(Object.entries(plan).reverse()) as unknown as StudyPlan;
    expect(serialiseStudyPlan(reversed)).toBe(serialiseStudyPlan(plan));
  });

  it("has another text if any part of it changes", () => {
    const changes: Partial<StudyPlan>[] = [
      { seed: 8 },
      { overlap: 21 },
      { selection: { ...plan.selection, excluded: ["e".repeat(64)] } },
      { consent: { ...plan.consent, version: 2 } },
      { labelNames: { en: plan.rules.design.labels.map((label) => `class ${label}`) } },
      { rules: { ...plan.rules, exclusion: resolveExclusion({ goldHits: 5 }) } },
      { stillVersion: "leftOut" },
      { stillVersion: "counted" },
    ];
    expect(new Set([plan, ...changes.map((change) => ({ ...plan, ...change }))].map(serialiseStudyPlan)).size).toBe(9);
  });

  it("names a still version only if it is offered, so that the text of plans without one stays as it was", () => {
    expect(serialiseStudyPlan(plan)).not.toContain("stillVersion");
    const offered: StudyPlan = { ...plan, stillVersion: "leftOut" };
    expect(parseStudyPlan(JSON.parse(serialiseStudyPlan(offered)))).toEqual(offered);
  });

  it("is reported as damaged with the part that is", () => {
    const document = JSON.parse(serialiseStudyPlan(plan)) as Record<string, unknown>;
    expect(() => parseStudyPlan({ ...document, version: 2 })).toThrow("has version 2");
    expect(() => parseStudyPlan({ ...document, consent: { version: 1 } })).toThrow("plan.consent.minimumAge");
    expect(() => parseStudyPlan({ ...document, labelNames: { en: [1] } })).toThrow("plan.labelNames.en[0] is not text");
  });

  it("may be stored without models, which stands for all of them", () => {
    const { models: _models, ...selection } = plan.selection;
    expect(parseStudyPlan(JSON.parse(JSON.stringify({ ...plan, selection }))).selection.models).toEqual([]);
  });

  const { design } = plan.rules;
  const [first, ...others] = plan.labelNames["en"] as [string, ...string[]];
  const refused: readonly (readonly [string, Partial<StudyPlan>, string])[] = [
    ["a still version of images that stay", { stillVersion: "leftOut" }, "Only studies whose images flash"],
    [
      "more images for a voter than anyone answers",
      { rules: { ...plan.rules, design: { ...design, perVoter: { ...design.perVoter, canaries: 1_969 } } } },
      "A voter would see 2001 images, and may see up to 2000.",
    ],
    ["no votes for an image", { overlap: 0 }, "number of votes"],
    ["half a vote for an image", { overlap: Number.NaN }, "number of votes"],
    ["no language", { languages: [] }, "at least one language"],
    ["a language that is no tag", { languages: ["English"] }, "not the tag of a language"],
    ["a language without consent", { languages: ["en", "de"] }, "no text in de"],
    ["a name missing", { labelNames: { en: others } }, "to each of the 20 labels"],
    ["two labels of one name", { labelNames: { en: [others[0] as string, ...others] } }, "Two labels have the name"],
    ["an empty name", { labelNames: { en: [" ", ...others] } }, "from 1 to 100 characters"],
    ["names in a language that is not offered", { labelNames: { en: [first, ...others], fr: [] } }, "not offered in fr"],
    ["no age but a negative one", { consent: { ...plan.consent, minimumAge: -1 } }, "from 0 to 120"],
    [
      "an empty consent text",
      { consent: { ...plan.consent, texts: { en: { introduction: "", kept: "x", shared: "x", withdrawal: "x" } } } },
      '"introduction" in en is empty',
    ],
    [
      "bounds in the wrong order",
      { selection: { ...plan.selection, minimumConfidence: 0.9, maximumConfidence: 0.5 } },
      "must not be above",
    ],
    ["an image by another name", { selection: { ...plan.selection, images: ["cat.png"] } }, "SHA-256"],
    ["stimuli by another name", { rules: { ...plan.rules, design: studyDesign(20) } }, "not the SHA-256 of an image"],
    [
      "a label that has no name",
      { rules: { ...plan.rules, design: { ...design, stimuli: design.stimuli.map((one) => ({ ...one, label: one.label + 15 })) } } },
      "not in the study's list of labels",
    ],
  ];

  it("is accepted if everything fits", () => {
    expect(() => checkStudyPlan(plan)).not.toThrow();
  });

  it("may have many images if each voter sees one of each group", () => {
    const stimuli = Array.from({ length: 2_200 }, (_, index) => {
      const like = design.stimuli[index % 20] as (typeof design.stimuli)[number];
      return { ...like, image: index.toString(16).padStart(64, "0"), group: `${like.label}` };
    });
    const grouped: DesignedTrials = {
      ...design,
      stimuli,
      assignment: "onePerGroup",
      perVoter: { ...design.perVoter, counted: stimuli.length },
    };
    expect(() => checkStudyPlan({ ...plan, rules: { ...plan.rules, design: grouped } })).not.toThrow();
    const steps = [...studyPlanChecks({ ...plan, rules: { ...plan.rules, design: grouped } })];
    expect(steps).toHaveLength(16);
  });

  it.each(refused)("is refused with %s", (_, change, message) => {
    expect(() => checkStudyPlan({ ...plan, ...change })).toThrow(message);
  });
});

describe("the still version", () => {
  const timing = { blankMs: 500, imageMs: 63, maskMs: 200, answerMs: 2500 };

  it("shows the image until the answer, without mask and without a limit of the answer", () => {
    expect(stillTiming(timing)).toEqual({ blankMs: 500, imageMs: 0, maskMs: 0, answerMs: 0 });
  });

  it("is for studies in which the image of a phase ends before the answer", () => {
    expect(imagesFlash([{ timing: stillTiming(timing) }, { timing }])).toBe(true);
    expect(imagesFlash([{ timing: { ...timing, imageMs: 0 } }])).toBe(false);
  });
});
