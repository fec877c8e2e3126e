/** Rules of a draft that differ from its template's. */

import { type Protocol, resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { resolveStoppingRule } from "@pareidolia/perception/stopping/registry";
import type { ConsentTexts } from "@pareidolia/perception/study/consent";
import { textWarnings } from "@pareidolia/perception/study/introductions";
import { draftFromTemplate, type StudyDraft } from "@pareidolia/perception/study/studyDraft";
import { getTemplate, templates } from "@pareidolia/perception/templates/registry";
import { expect, it } from "vitest";
import { shortSource } from "../../../../apps/web/src/features/studyBuilder/shortSource.ts";
import { applyTemplate, differingRules, withProtocol, wordsOf } from "../../../../apps/web/src/features/studyBuilder/templateRules.ts";

const draft = draftFromTemplate("zhouFirestoneE1", 5);

it.each(templates.map(({ id }) => id))("a new draft of %s follows its template", (id) => {
  expect([...differingRules(draftFromTemplate(id, 5))]).toEqual([]);
});

it("lists each rule that was changed", () => {
  const [phase] = draft.phases;
  const changed = {
    ...draft,
    overlap: 24,
    order: "counterbalanced" as const,
    phases: phase === undefined ? [] : [{ ...phase, timing: { ...phase.timing, maskMs: 100 } }],
  };
  expect([...differingRules(changed)].sort()).toEqual(["order", "overlap", "phases.0.timing.maskMs"]);
});

it("counts another stopping rule once, not each of its parameters", () => {
  const stopping = resolveStoppingRule("intervalWidth", {});
  expect([...differingRules({ ...draft, stopping })]).toEqual(["stopping"]);
});

it("applies a template without touching images, languages and the researcher's own texts", () => {
  const own = { ...draft, noise: 4, languages: ["en", "de"] };
  const next = applyTemplate(own, "elsayed");
  expect(next).toMatchObject({ template: "elsayed", noise: 4, languages: ["en", "de"], selection: own.selection });
  expect(next.phases[0]?.timing.imageMs).toBe(63);
  const { introduction, ...others } = own.consent.texts["en"] as ConsentTexts;
  expect(next.consent.texts["en"]).toEqual({ ...others, introduction: getTemplate("elsayed").texts.en.introduction });
  expect(introduction).toBe(getTemplate("zhouFirestoneE1").texts.en.introduction);
  const written = { ...own, consent: { ...own.consent, texts: { en: { ...others, introduction: "My own." } } } };
  expect(applyTemplate(written, "elsayed").consent).toEqual(written.consent);
});

const secondChoice = draftFromTemplate("zhouFirestoneE2", 5);
const introduction = ({ consent }: Pick<StudyDraft, "consent">) => consent.texts["en"]?.introduction ?? "";

it.each(["yesNo", "pairwise", "freeText", "confidenceRating", "reverse"] as const)(
  "introduces the question of another protocol: %s",
  (kind) => {
    const next = { ...secondChoice, ...withProtocol(secondChoice, 0, resolveProtocol(kind, {})) };
    expect(introduction(secondChoice)).toContain("two names in mind");
    expect(introduction(next)).not.toContain("two names");
    expect(next.phaseTexts["en"]).toEqual([{ instructions: "", question: null }]);
    expect(textWarnings(next)).toEqual([]);
    const back = withProtocol(next, 0, secondChoice.phases[0]?.protocol as Protocol);
    expect(back).toEqual({ phases: secondChoice.phases, consent: secondChoice.consent, phaseTexts: secondChoice.phaseTexts });
  },
);

it("introduces the voter's own impression once the question is about it, and keeps the researcher's own introduction", () => {
  const looksLike = resolveProtocol("alternatives", { alternatives: 10, foils: "random", framing: "looksLike" });
  expect(introduction(withProtocol(draft, 0, looksLike))).toBe("You see images and names. Tell us which name fits each image best.");
  expect(withProtocol(draft, 0, looksLike).phaseTexts["en"]).toEqual([{ instructions: "", question: null }]);
  const texts = { en: { ...(draft.consent.texts["en"] as ConsentTexts), introduction: "My own." } };
  expect(introduction(withProtocol({ ...draft, consent: { ...draft.consent, texts } }, 0, looksLike))).toBe("My own.");
});

it("warns of texts about another question, such as those of a draft that a program has made", () => {
  const phases = draft.phases.map((phase) => ({
    ...phase,
    protocol: resolveProtocol("alternatives", { alternatives: 10, framing: "looksLike" }),
  }));
  expect(textWarnings({ ...draft, phases }).map(({ field }) => field)).toEqual(["consent.texts.en.introduction", "phaseTexts.en"]);
  for (const { id } of templates) expect(textWarnings(draftFromTemplate(id, 5)), id).toEqual([]);
});

it("takes over the template's texts of its phases, in the languages of the study", () => {
  const next = applyTemplate({ ...draft, languages: ["de", "fr"] }, "freeTextFirst");
  expect(next.phaseTexts).toEqual({ de: getTemplate("freeTextFirst").texts.de.phases });
});

it("writes names of values as words, and sources without the journal", () => {
  expect(wordsOf("cyclicShift")).toBe("cyclic shift");
  expect(shortSource("Zhou & Firestone 2019, Nature Communications 10:1334, experiment 3a")).toBe("Zhou & Firestone 2019, experiment 3a");
  expect(shortSource("Golan, Raju & Kriegeskorte 2020, PNAS 117:29330")).toBe("Golan, Raju & Kriegeskorte 2020");
  expect(shortSource("Pareidolia")).toBe("Pareidolia");
});
