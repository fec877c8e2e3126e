import { createHash } from "node:crypto";
import { resolveStoppingRule } from "@pareidolia/perception/stopping/registry";
import { parseStudyRules, type StudyRules, serialiseStudyRules, testStudyRules } from "@pareidolia/perception/study/studyRules";
import { resolveExclusion } from "@pareidolia/perception/voters/exclusion";
import { describe, expect, it } from "vitest";
import { imagesOf, studyDesign } from "../../../support/studyDesigns.ts";

const rules: StudyRules = {
  design: studyDesign(20),
  stopping: resolveStoppingRule("intervalWidth", { width: 0.2, atMost: 120 }),
  exclusion: resolveExclusion({ goldHits: 6, medianMs: 600 }),
};
const hash = (of: StudyRules): string => createHash("sha256").update(serialiseStudyRules(of)).digest("hex");

describe("the rules of a study", () => {
  it("are stored as text and read again, with the same hash whatever the order of their fields", () => {
    const stored = parseStudyRules(JSON.parse(serialiseStudyRules(rules)));
    expect(stored).toEqual(rules);
    expect(hash({ exclusion: rules.exclusion, stopping: rules.stopping, design: rules.design })).toBe(hash(rules));
  });

  it("have another hash if any rule changes", () => {
    const changes: StudyRules[] = [
      { ...rules, design: { ...rules.design, decay: 21 } },
      { ...rules, design: { ...rules.design, stimuli: imagesOf([...rules.design.labels].reverse()) } },
      { ...rules, stopping: resolveStoppingRule("intervalWidth", { width: 0.21, atMost: 120 }) },
      { ...rules, exclusion: resolveExclusion({ goldHits: 5, medianMs: 600 }) },
    ];
    expect(new Set([rules, ...changes].map(hash)).size).toBe(5);
  });

  it("are checked by building trials, so that a missing foil shows before the study opens", () => {
    expect(() => [...testStudyRules(rules, 1)]).not.toThrow();
    const alike = { ...rules.design, stimuli: rules.design.stimuli.map((stimulus) => ({ ...stimulus, label: 3 })) };
    expect(() => [...testStudyRules({ ...rules, design: alike }, 1)]).toThrow("have 1 labels, too few for 1 foils");
  });

  it("are reported as damaged with the part that is", () => {
    const document = JSON.parse(serialiseStudyRules(rules)) as Record<string, unknown>;
    expect(() => parseStudyRules({ ...document, stopping: { version: 1, kind: "never", values: {} } })).toThrow(
      'Unknown stopping rule "never"',
    );
    expect(() => parseStudyRules({ ...document, design: null })).toThrow("rules.design is not an object");
  });
});
