/** Rules of a draft that differ from its template's. */
import { resolveStoppingRule } from "@pareidolia/perception/stopping/registry";
import { draftFromTemplate } from "@pareidolia/perception/study/studyDraft";
import { templates } from "@pareidolia/perception/templates/registry";
import { expect, it } from "vitest";
import { shortSource } from "../../../../apps/web/src/features/studyBuilder/shortSource.ts";
import { applyTemplate, differingRules, wordsOf } from "../../../../apps/web/src/features/studyBuilder/templateRules.ts";

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

it("applies a template without touching images, languages and consent", () => {
  const own = { ...draft, noise: 4, languages: ["en", "de"] };
  const next = applyTemplate(own, "elsayed");
  expect(next).toMatchObject({ template: "elsayed", noise: 4, languages: ["en", "de"], consent: own.consent, selection: own.selection });
  expect(next.phases[0]?.timing.imageMs).toBe(63);
});

it("writes names of values as words, and sources without the journal", () => {
  expect(wordsOf("cyclicShift")).toBe("cyclic shift");
  expect(shortSource("Zhou & Firestone 2019, Nature Communications 10:1334, experiment 3a")).toBe("Zhou & Firestone 2019, experiment 3a");
  expect(shortSource("Golan, Raju & Kriegeskorte 2020, PNAS 117:29330")).toBe("Golan, Raju & Kriegeskorte 2020");
  expect(shortSource("Pareidolia")).toBe("Pareidolia");
});
