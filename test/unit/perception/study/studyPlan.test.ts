import { type Protocol, resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { resolveStoppingRule } from "@pareidolia/perception/stopping/registry";
import { checkStudyPlan, studyPlanProblems } from "@pareidolia/perception/study/checkStudyPlan";
import { imagesFlash, stillTiming } from "@pareidolia/perception/study/stillVersion";
import { parseStudyPlan, type StudyPlan, serialiseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import type { DesignedTrials, Phase } from "@pareidolia/perception/trials/design";
import { resolveExclusion } from "@pareidolia/perception/voters/exclusion";
import { describe, expect, it } from "vitest";
import { countingRules, imagesOf, studyDesign } from "../../../support/studyDesigns.ts";
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

  it("names texts of its phases only if it has any, and refuses those that do not fit its questions", () => {
    expect(serialiseStudyPlan(plan)).not.toContain("phaseTexts");
    const texts = { instructions: "Look closely.", question: "What is this?" };
    const worded: StudyPlan = { ...plan, phaseTexts: { en: [texts] } };
    expect(parseStudyPlan(JSON.parse(serialiseStudyPlan(worded)))).toEqual(worded);
    const messagesOf = (phaseTexts: StudyPlan["phaseTexts"]): string[] =>
      [...studyPlanProblems({ ...plan, phaseTexts })].flatMap((problem) => (problem === null ? [] : [problem.message]));
    expect(messagesOf(worded.phaseTexts)).toEqual([]);
    expect(messagesOf({ en: [texts, texts] })).toEqual([expect.stringContaining("2 texts in en about 1 phases")]);
    expect(messagesOf({ en: [{ ...texts, question: "Which is {label}?" }] })).toEqual([
      expect.stringContaining("must not contain {label}"),
    ]);
    expect(messagesOf({ en: [texts], de: [texts] })).toEqual([expect.stringContaining("not offered in de")]);
  });

  it("is reported as damaged with the part that is", () => {
    const document = JSON.parse(serialiseStudyPlan(plan)) as Record<string, unknown>;
    expect(() => parseStudyPlan({ ...document, version: 2 })).toThrow("has version 2");
    expect(() => parseStudyPlan({ ...document, consent: { version: 1 } })).toThrow("plan.consent.minimumAge");
    expect(() => parseStudyPlan({ ...document, labelNames: { en: [1] } })).toThrow("plan.labelNames.en[0] is not text");
  });

  it("stops by agreement only where some answers agree or disagree with the label", () => {
    const stopping = plan.rules.stopping;
    const planOf = (...protocols: Protocol[]): StudyPlan => {
      const phases = protocols.map((protocol) => ({ ...(countingRules.phases[0] as Phase), protocol }));
      const stimuli = imagesOf([0, 0, 1, 1]);
      return studyPlan(withImageHashes(studyDesign(20, { phases }, { stimuli })), { stopping });
    };
    const [text, pairs] = [resolveProtocol("freeText", {}), resolveProtocol("pairwise", {})];
    const refusal = { code: "INVALID_INPUT", field: "rules.stopping", message: expect.stringContaining("Stop at a number of votes.") };
    for (const refused of [planOf(text), planOf(pairs), planOf(text, pairs)]) {
      expect(() => checkStudyPlan(refused)).toThrow(expect.objectContaining(refusal));
      const fixed = { ...refused, rules: { ...refused.rules, stopping: resolveStoppingRule("fixedNumber", {}) } };
      expect(() => checkStudyPlan(fixed)).not.toThrow();
      expect(parseStudyPlan(JSON.parse(serialiseStudyPlan(refused)))).toEqual(refused);
    }
    expect(() => checkStudyPlan(planOf(text, resolveProtocol("alternatives", {})))).not.toThrow();
  });

  it("leaves out voters by checks only as far as a voter can pass them", () => {
    const perVoter = { ...plan.rules.design.perVoter, gold: 4, noise: 2 };
    const check = (protocols: readonly Protocol[], exclusion: Parameters<typeof resolveExclusion>[0], more = {}) => {
      const phases = protocols.map((protocol) => ({ ...(countingRules.phases[0] as Phase), protocol }));
      const excluding = studyPlan(withImageHashes({ ...studyDesign(20, { phases }), perVoter: { ...perVoter, ...more } }), {
        exclusion: resolveExclusion(exclusion),
      });
      expect(parseStudyPlan(JSON.parse(serialiseStudyPlan(excluding)))).toEqual(excluding);
      try {
        checkStudyPlan(excluding);
      } catch (error) {
        return error;
      }
      return null;
    };
    const [text, yesNo, labels] = [resolveProtocol("freeText", {}), resolveProtocol("yesNo", {}), resolveProtocol("alternatives", {})];
    const refusal = (rule: string, ...parts: string[]) =>
      expect.objectContaining({
        code: "INVALID_INPUT",
        field: `rules.exclusion.${rule}`,
        message: expect.stringMatching(new RegExp(parts.join(".*"))),
      });

    expect(check([text, labels], { goldHits: 4 })).toBeNull();
    expect(check([text, labels], { goldHits: 5 })).toEqual(refusal("goldHits", "fewer than 5 gold", "more than 4", '"Free text"'));
    expect(check([labels, labels], { goldHits: 8 })).toBeNull();
    expect(check([labels], { goldHits: 1 }, { gold: 0 })).toEqual(refusal("goldHits", "fewer than 1 gold", "more than 0\\. Set"));

    expect(check([yesNo], { noiseHits: 2 })).toBeNull();
    expect(check([yesNo], { noiseHits: 3 })).toEqual(refusal("noiseHits", "fewer than 3 noise", "more than 2\\. Set"));
    expect(check([labels], { noiseHits: 1 })).toEqual(refusal("noiseHits", "fewer than 1 noise", "more than 0", '"N labels"'));
    // "Can't tell" is the right answer to noise.
    expect(check([resolveProtocol("alternatives", { cantTell: "missing" })], { noiseHits: 2 })).toBeNull();
  });

  it("stops by a rule that can stop, after the first vote and before the last", () => {
    const problemOf = (stopping: StudyPlan["rules"]["stopping"], overlap = 24) => {
      const found = [...studyPlanProblems({ ...plan, overlap, rules: { ...plan.rules, stopping, exclusion: resolveExclusion({}) } })];
      return found.flatMap((problem) => (problem === null ? [] : [[problem.field, problem.message.replace(/^The rule /, "")]]));
    };
    const refusal = (message: string) => [["rules.stopping", expect.stringContaining(message)]];
    expect(problemOf(resolveStoppingRule("fixedNumber", { votes: 24 }))).toEqual([]);
    expect(problemOf(resolveStoppingRule("fixedNumber", { votes: 200 }))).toEqual(refusal("never stops an image: each gets 24 votes"));
    expect(problemOf(resolveStoppingRule("fixedNumber", { votes: 200 }), 200)).toEqual([]);
    expect(problemOf(resolveStoppingRule("intervalWidth", { width: 0.02 }))).toEqual(refusal("never stops an image"));
    expect(problemOf(resolveStoppingRule("sequentialBound", { width: 0.2, atMost: 200 }))).toEqual(
      refusal("stops at 200 votes, but each image gets 24."),
    );
    expect(problemOf(resolveStoppingRule("sequentialBound", { width: 0.2, atMost: 24 }))).toEqual([]);
    expect(problemOf(resolveStoppingRule("sequentialBound", { width: 1, minimum: 0 }))).toEqual(refusal("before its first vote"));
    expect(problemOf(resolveStoppingRule("posteriorBound", { probability: 0.5, minimum: 0 }))).toEqual(refusal("before its first vote"));
  });

  it("leaves out fast voters only if trials last long enough", () => {
    const timing = { ...(design.phases[0] as Phase).timing, imageMs: 63, maskMs: 100, answerMs: 2500 };
    const brief = { ...design, phases: [{ ...(design.phases[0] as Phase), timing }] };
    const problemsOf = (medianMs: number) =>
      [...studyPlanProblems({ ...plan, rules: { ...plan.rules, design: brief, exclusion: resolveExclusion({ medianMs }) } })].filter(
        (problem) => problem !== null,
      );
    expect(problemsOf(2_663)).toEqual([]);
    expect(problemsOf(2_664)).toEqual([
      { field: "rules.exclusion.medianMs", message: expect.stringContaining("trials end after at most 2663 ms") },
    ]);
  });

  it("may be stored without models, which stands for all of them", () => {
    const { models: _models, ...selection } = plan.selection;
    expect(parseStudyPlan(JSON.parse(JSON.stringify({ ...plan, selection }))).selection.models).toEqual([]);
  });

  const { design } = plan.rules;
  const [first, ...others] = plan.labelNames["en"] as [string, ...string[]];
  const refused: readonly (readonly [string, Partial<StudyPlan>, string])[] = [
    ["a still version of images that stay", { stillVersion: "leftOut" }, "Only studies with flashed images"],
    [
      "more images for a voter than anyone answers",
      { rules: { ...plan.rules, design: { ...design, perVoter: { ...design.perVoter, canaries: 1_969 } } } },
      "A voter would see 2001 images, but the limit is 2000.",
    ],
    ["no votes for an image", { overlap: 0 }, "number of votes"],
    ["half a vote for an image", { overlap: Number.NaN }, "number of votes"],
    ["no language", { languages: [] }, "at least one language"],
    ["a language that is no tag", { languages: ["English"] }, "is not a language tag such as en or pt-BR"],
    ["a language without consent", { languages: ["en", "de"] }, "no text in de"],
    ["a name missing", { labelNames: { en: others } }, "to each of the 20 labels"],
    ["two labels of one name", { labelNames: { en: [others[0] as string, ...others] } }, "Two labels have the name"],
    ["an empty name", { labelNames: { en: [" ", ...others] } }, "Give a name in en to each of the 20 labels"],
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
    const steps = [...studyPlanProblems({ ...plan, rules: { ...plan.rules, design: grouped } })];
    expect(steps).toEqual(Array.from({ length: 16 + 8 }, () => null));
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
