/** The rules of a draft beside those of its template: which differ, and how to take the template's again. */

import type { StillVersion } from "@pareidolia/perception/study/stillVersion";
import { draftFromTemplate, type StudyDraft } from "@pareidolia/perception/study/studyDraft";
import { templates } from "@pareidolia/perception/templates/registry";
import type { Template } from "@pareidolia/perception/templates/template";
import { type ExclusionRules, resolveExclusion } from "@pareidolia/perception/voters/exclusion";

export function findTemplate(id: string | null): Template | null {
  return templates.find((template) => template.id === id) ?? null;
}

/** The draft that the template gives, for comparison; null without a template. */
export function originalOf(draft: StudyDraft): StudyDraft | null {
  return findTemplate(draft.template) === null ? null : draftFromTemplate(draft.template as string, draft.selection.seed);
}

/** Changes the rules to those of a template. Images, checks, what was said about images by hand, languages and consent stay. */
export function applyTemplate(draft: StudyDraft, id: string): StudyDraft {
  const rules = draftFromTemplate(id, draft.selection.seed);
  const { template, phases, order, places, assignment, decay, stopping, overlap, labelSet } = rules;
  const exclusion: ExclusionRules = resolveExclusion({});
  const groups = { ...draft.groups, by: rules.groups.by };
  const conditions = { ...draft.conditions, by: rules.conditions.by };
  const sorting = { assignment, groups, conditions };
  return { ...draft, template, phases, order, places, ...sorting, decay, stopping, overlap, labelSet, exclusion, trialsPerVoter: null };
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
  for (const name of ["order", "places", "assignment", "decay", "labelSet", "trialsPerVoter", "overlap", "languages"] as const)
    set(name, draft[name]);
  set("groups.by", draft.groups.by);
  set("conditions.by", draft.conditions.by);
  set("stopping", draft.stopping.kind);
  setAll("stopping", draft.stopping.values);
  setAll("exclusion", draft.exclusion.values);
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
