/** A draft and its images become a plan that can be checked, locked and read again. */

import { checkDraftAtOnce } from "@pareidolia/perception/study/checkDraft";
import { checkStudyPlan } from "@pareidolia/perception/study/checkStudyPlan";
import { type DraftImage, planStudy } from "@pareidolia/perception/study/planStudy";
import { draftFromTemplate, parseStudyDraft, readStudyDraft } from "@pareidolia/perception/study/studyDraft";
import { parseStudyPlan, serialiseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { templates } from "@pareidolia/perception/templates/registry";
import { describe, expect, it } from "vitest";

const classNames = Array.from({ length: 12 }, (_, index) => `class ${index}`);
const image = (index: number, role: DraftImage["role"] = "COUNTED", label = index % 10): DraftImage => ({
  role,
  image: index.toString(16).padStart(64, "0"),
  label,
  truth: null,
  runnersUp: [(label + 1) % 10, (label + 2) % 10],
  foils: [],
  condition: "",
  group: "",
});
const images = Array.from({ length: 10 }, (_, index) => image(index));
const draft = draftFromTemplate("zhouFirestoneE1", 3);
const input = { seed: 11, images, classNames };

describe("a draft", () => {
  it.each(templates.map(({ id }) => id))("by the template %s is stored and read again", (id) => {
    const own = draftFromTemplate(id, 5);
    expect(parseStudyDraft(JSON.parse(JSON.stringify(own)))).toEqual(own);
  });

  it("from a client is refused as an invalid input, not as damaged data", () => {
    expect(() => readStudyDraft({ ...draft, overlap: "many" })).toThrow(
      expect.objectContaining({ code: "INVALID_INPUT", message: "The draft does not fit: draft.overlap is not a whole number." }),
    );
    expect(() => parseStudyDraft({ ...draft, overlap: "many" })).toThrow(expect.objectContaining({ code: "CORRUPT_DATA" }));
  });
});

describe("a plan", () => {
  it("has the draft's rules, and the labels of its images in order", () => {
    const plan = planStudy(draft, input);
    checkStudyPlan(plan);
    expect(plan.rules.design.labels).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(plan.labelNames).toEqual({ en: classNames.slice(0, 10) });
    expect(plan.rules.design.perVoter).toEqual({ counted: 10, gold: 0, noise: 0, canaries: 0 });
    expect(parseStudyPlan(JSON.parse(serialiseStudyPlan(plan)))).toEqual(plan);
  });

  it("offers all classes if the draft says so", () => {
    expect(planStudy({ ...draft, labelSet: "all" }, input).rules.design.labels).toHaveLength(12);
  });

  it("sorts images by what they are shown for", () => {
    const checks = [image(20, "GOLD", 3), image(21, "NOISE", 0), image(22, "EXEMPLAR", 3), image(23, "EXEMPLAR", 3)];
    const { design } = planStudy(draft, { ...input, images: [...images, ...checks] }).rules;
    expect(design.gold.map(({ label }) => label)).toEqual([3]);
    expect(design.noise).toEqual([checks[1]?.image]);
    expect(design.exemplars).toEqual([{ label: 3, images: [checks[2]?.image, checks[3]?.image] }]);
    expect(design.perVoter).toMatchObject({ gold: 1, noise: 1 });
  });

  it("gives each voter no more trials than there are images", () => {
    const countedOf = (trialsPerVoter: number | null): number =>
      planStudy({ ...draft, trialsPerVoter }, input).rules.design.perVoter.counted;
    expect([countedOf(null), countedOf(4), countedOf(40)]).toEqual([10, 4, 10]);
  });

  it("uses the network's names only in English, unless they have no letters", () => {
    const german = { ...draft, languages: ["en", "de"] };
    const { problems } = checkDraftAtOnce(german, input);
    expect(problems.find(({ field }) => field === "labelNames.de")?.message).toMatch(/^Label class 0 and \d+ more have no name in de\./);
    const named = { ...german, labelNames: { de: Object.fromEntries(classNames.map((_, index) => [index, `Klasse ${index}`])) } };
    expect(planStudy(named, input).labelNames.de?.[3]).toBe("Klasse 3");
    const digits = Array.from({ length: 10 }, (_, digit) => String(digit));
    expect(planStudy(german, { ...input, classNames: digits }).labelNames.de).toEqual(digits);
  });

  it("lists every problem of a field, and none twice in other words", () => {
    const own = draftFromTemplate("zhouFirestoneE1", 3);
    const messagesOf = (changes: Partial<typeof own>, field: string, many = images): readonly string[] =>
      checkDraftAtOnce({ ...own, ...changes }, { ...input, images: many })
        .problems.filter((problem) => problem.field === field)
        .map(({ message }) => message);
    const names = { "1": "", "2": "  ", "3": "x".repeat(500), "4": "x".repeat(501), "5": "bus", "6": "bus" };
    expect(messagesOf({ labelNames: { en: names } }, "labelNames.en")).toEqual([
      expect.stringMatching(/^Label class 1 and 1 more have no name in en\./),
      expect.stringMatching(/^The names of label 3 and of 1 more in en must have up to/),
      'Two labels have the name "bus" in en. Rename one, so that voters can distinguish them.',
    ]);
    const [phase] = own.phases;
    if (phase?.protocol.kind !== "alternatives") throw new Error("The template must offer alternatives.");
    const values = { ...phase.protocol.values, foils: "secondChoice", alternatives: 6 };
    const phases = Array.from({ length: 9 }, () => ({ ...phase, protocol: { ...phase.protocol, values } })) as unknown as typeof own.phases;
    expect(messagesOf({ phases }, "phases")).toEqual([
      expect.stringMatching(/^10 of 10 images have fewer than 5 known next choices/),
      expect.stringMatching(/^A study has from 1 to \d phases\./),
    ]);
    const sorted = checkDraftAtOnce({ ...own, assignment: "onePerGroup" }, input).problems.filter(({ field }) => field === "groups");
    expect(sorted.map(({ message }) => message)).toEqual([expect.stringMatching(/^10 images of 10 have no group\./)]);
  });

  it("has another hash text for any change of rules, images or seed", () => {
    const texts = [
      planStudy(draft, input),
      planStudy({ ...draft, overlap: draft.overlap + 1 }, input),
      planStudy(draft, { ...input, seed: 12 }),
      planStudy(draft, { ...input, images: images.slice(1) }),
      planStudy({ ...draft, selection: { ...draft.selection, seed: 4 } }, input),
    ].map(serialiseStudyPlan);
    expect(new Set(texts).size).toBe(texts.length);
  });
});
