/** The rules of a draft beside those of its template: which differ, and how to take the template's again. */

import type { Protocol } from "@pareidolia/perception/protocols/registry";
import { introductionOf, phaseTextOf } from "@pareidolia/perception/study/introductions";
import { type PhaseText, type PhaseTexts, phaseTextsIn } from "@pareidolia/perception/study/phaseTexts";
import type { StillVersion } from "@pareidolia/perception/study/stillVersion";
import { draftFromTemplate, type StudyDraft } from "@pareidolia/perception/study/studyDraft";
import { findTemplate } from "@pareidolia/perception/templates/registry";
import { type TextLanguage, textLanguages } from "@pareidolia/perception/templates/template";
import { type ExclusionRules, resolveExclusion } from "@pareidolia/perception/voters/exclusion";

/** The draft that the template gives, for comparison; null without a template. */
export function originalOf(draft: StudyDraft): StudyDraft | null {
  return findTemplate(draft.template) === null ? null : draftFromTemplate(draft.template as string, draft.selection.seed);
}

/** Changes the rules and texts to those of a template. Images, checks, what was said about images by hand, languages and own texts of the consent stay. */
export function applyTemplate(draft: StudyDraft, id: string): StudyDraft {
  const rules = draftFromTemplate(id, draft.selection.seed);
  const { template, phases, order, places, assignment, decay, stopping, overlap, labelSet, repeats } = rules;
  const exclusion: ExclusionRules = resolveExclusion({});
  const groups = { ...draft.groups, by: rules.groups.by };
  const conditions = { ...draft.conditions, by: rules.conditions.by };
  const sorting = { assignment, groups, conditions };
  return {
    ...draft,
    consent: withIntroductions(draft, { template: id, phases }),
    phaseTexts: phaseTextsOf(id, draft.languages),
    template,
    phases,
    order,
    places,
    ...sorting,
    decay,
    repeats,
    stopping,
    overlap,
    labelSet,
    exclusion,
    trialsPerVoter: null,
  };
}

/** The template's texts of its phases, in those of our languages that the study has. */
export function phaseTextsOf(id: string | null, languages: readonly string[]): PhaseTexts {
  const template = findTemplate(id);
  const own = textLanguages.filter((language) => languages.includes(language));
  return template === null ? {} : Object.fromEntries(own.map((language) => [language, template.texts[language].phases]));
}

type Questions = Pick<StudyDraft, "template" | "phases">;

/** The consent with the introductions of other questions, where they were those of the questions before, and not the researcher's own. */
function withIntroductions(draft: StudyDraft, next: Questions): StudyDraft["consent"] {
  const texts = Object.entries(draft.consent.texts).map(([language, own]) => {
    const [before, after] = [draft, next].map(({ template, phases }) => introductionOf(template, phases, language));
    const isOurs = own.introduction === before || own.introduction === templateIntroduction(draft.template, language);
    return [language, isOurs && after != null ? { ...own, introduction: after } : own] as const;
  });
  return { ...draft.consent, texts: Object.fromEntries(texts) };
}

/** Drafts made by programs have it whatever they ask. */
function templateIntroduction(template: string | null, language: string): string | null {
  const phases = findTemplate(template)?.rules.phases;
  return phases === undefined ? null : introductionOf(template, phases, language);
}

/** The draft with another protocol in a phase, and our texts about its question in place of those about the question before. */
export function withProtocol(draft: StudyDraft, index: number, protocol: Protocol): Pick<StudyDraft, "phases" | "consent" | "phaseTexts"> {
  const { template } = draft;
  const phases = draft.phases.map((own, place) => (place === index ? { ...own, protocol } : own));
  const asksAnother = phases[index]?.protocol.kind !== draft.phases[index]?.protocol.kind;
  const phaseTexts = Object.keys(draft.phaseTexts).map((language) => {
    const before = phaseTextOf(template, draft.phases, index, language);
    const theirs = findTemplate(template)?.texts[language as TextLanguage]?.phases[index];
    const own = phaseTextsIn(draft.phaseTexts, language, phases.length);
    return [
      language,
      own.map((text, place) => {
        if (place !== index) return text;
        const isOurs = isSame(text, before) || (theirs !== undefined && isSame(text, theirs));
        return asksAnother || isOurs ? phaseTextOf(template, phases, index, language) : text;
      }),
    ] as const;
  });
  return { phases, consent: withIntroductions(draft, { template, phases }), phaseTexts: Object.fromEntries(phaseTexts) };
}

function isSame(a: PhaseText, b: PhaseText): boolean {
  return a.instructions === b.instructions && a.question === b.question;
}

/** Each rule as JSON, by its path: `phases.0.protocol.foils`, `stopping.votes`, `overlap`. */
function rulesOf(draft: StudyDraft): Map<string, string> {
  const rules = new Map<string, string>();
  const set = (path: string, value: unknown): void => void rules.set(path, JSON.stringify(value));
  const setAll = (path: string, values: object): void => {
    for (const [name, value] of Object.entries(values)) set(`${path}.${name}`, value);
  };
  for (const [index, { protocol, timing }] of draft.phases.entries()) {
    set(`phases.${index}.protocol`, protocol.kind);
    setAll(`phases.${index}.protocol`, protocol.values);
    setAll(`phases.${index}.timing`, timing);
  }
  for (const name of ["order", "places", "assignment", "decay", "repeats", "labelSet", "trialsPerVoter", "overlap", "languages"] as const)
    set(name, draft[name]);
  set("groups.by", draft.groups.by);
  set("conditions.by", draft.conditions.by);
  set("stopping", draft.stopping.kind);
  setAll("stopping", draft.stopping.values);
  setAll("exclusion", draft.exclusion.values);
  set("exclusion.mistimedMs", draft.exclusion.mistimedMs ?? 0);
  return rules;
}

/** Paths of the rules that differ from the template's; empty without a template. */
export function differingRules(draft: StudyDraft): ReadonlySet<string> {
  const original = originalOf(draft);
  if (original === null) return new Set();
  const [own, theirs] = [rulesOf(draft), rulesOf(original)];
  const differing = [...own].filter(([path, value]) => theirs.get(path) !== value).map(([path]) => path);
  // Parameters of another kind are not compared one by one.
  const otherKinds = differing.filter((path) => path === "stopping" || path.endsWith(".protocol"));
  return new Set(differing.filter((path) => !otherKinds.some((kind) => path.startsWith(`${kind}.`))));
}

export const stillVersionTexts: Readonly<Record<StillVersion, string>> = {
  leftOut: "offered; left out as planned, shown with everyone",
  counted: "offered; counted as planned",
  notOffered: "not offered",
};

/** `cyclicShift` as "cyclic shift". */
export function wordsOf(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, (_, before: string, capital: string) => `${before} ${capital.toLowerCase()}`);
}
