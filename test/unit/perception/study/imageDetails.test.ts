/** What a draft says about its images, and what its protocol still needs of them. */
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { checkDetails, countExamples, examplesNeeded, listedFoilsNeeded } from "@pareidolia/perception/study/checkDetails";
import { detailsOf, noFoils, noSorting } from "@pareidolia/perception/study/imageDetails";
import { type DraftImage, labelsOf } from "@pareidolia/perception/study/planStudy";
import { draftFromTemplate, parseStudyDraft, type StudyDraft } from "@pareidolia/perception/study/studyDraft";
import { describe, expect, it } from "vitest";

const classNames = Array.from({ length: 12 }, (_, index) => `class ${index}, synonym`);
const image = (index: number, more: Partial<DraftImage> = {}): DraftImage => ({
  role: "COUNTED",
  image: index.toString(16).padStart(64, "0"),
  label: index,
  truth: null,
  runnersUp: [index + 1, index + 2],
  foils: [],
  condition: "",
  group: "",
  ...more,
});
const images = [image(0), image(1), image(2)];
const problemOf = (draft: StudyDraft, given: readonly DraftImage[]): unknown => {
  try {
    checkDetails(draft, given, classNames);
    return null;
  } catch (cause) {
    return cause;
  }
};
const problem = (field: string, message: RegExp) => expect.objectContaining({ field, message: expect.stringMatching(message) });

describe("an image", () => {
  const plain = { truths: {}, foils: noFoils, groups: noSorting, conditions: noSorting };
  const one = { image: "a", label: 3, source: "cppn" };

  it("has nothing by default", () => {
    expect(detailsOf(plain, one)).toEqual({ truth: null, foils: [], group: "", condition: "" });
  });

  it("has the foils of its label, unless it has its own", () => {
    const foils = { byLabel: { 3: [1, 2] }, byImage: { b: [5] } };
    expect(detailsOf({ ...plain, foils }, one).foils).toEqual([1, 2]);
    expect(detailsOf({ ...plain, foils }, { ...one, image: "b" }).foils).toEqual([5]);
    expect(detailsOf({ ...plain, foils }, { ...one, label: 4 }).foils).toEqual([]);
  });

  it("is sorted by a rule, unless it was sorted by hand", () => {
    const details = { ...plain, groups: { by: "label", byImage: {} }, conditions: { by: "source", byImage: { b: "worst" } } } as const;
    expect(detailsOf(details, one)).toMatchObject({ group: "class 3", condition: "cppn" });
    expect(detailsOf(details, { ...one, image: "b" })).toMatchObject({ group: "class 3", condition: "worst" });
  });
});

it("reads drafts that were stored before images had details", () => {
  const draft = draftFromTemplate("zhouFirestoneE1", 5);
  const { canaries: _1, exemplars: _2, truths: _3, foils: _4, groups: _5, conditions: _6, ...earlier } = draft;
  expect(parseStudyDraft(JSON.parse(JSON.stringify(earlier)))).toEqual(draft);
});

describe("a template's needs", () => {
  it("are foils, examples, groups and conditions where its design has them", () => {
    expect(listedFoilsNeeded(draftFromTemplate("dujmovicCompetitiveFoils", 1))).toBe(3);
    expect(listedFoilsNeeded(draftFromTemplate("elsayed", 1))).toBe(1);
    expect(listedFoilsNeeded(draftFromTemplate("zhouFirestoneE1", 1))).toBe(0);
    expect(examplesNeeded(draftFromTemplate("dujmovicOneOfThree", 1))).toBe(5);
    expect(draftFromTemplate("dujmovicBestAndWorst", 1)).toMatchObject({ groups: { by: "label" }, conditions: { by: "hand" } });
    expect(draftFromTemplate("dujmovicFourConditions", 1)).toMatchObject({ groups: { by: "hand" }, conditions: { by: "source" } });
  });

  it("say how many images lack listed foils; the label and own class of an image are not foils", () => {
    const draft = draftFromTemplate("elsayed", 1);
    expect(problemOf(draft, images)).toEqual(
      problem("foils", /^3 of 3 images have fewer than 1 listed foils, such as one with the label class 0, which has 0/),
    );
    const listed = [image(0, { foils: [0] }), image(1, { foils: [4], truth: 4 }), image(2, { foils: [5] })];
    expect(problemOf(draft, listed)).toEqual(problem("foils", /^2 of 3 images/));
    expect(problemOf(draft, [image(0, { foils: [0, 7] }), image(2, { foils: [5] })])).toBeNull();
    expect(problemOf(draft, [image(0, { foils: [12] })])).toEqual(problem("foils", /not a class/));
    expect(problemOf(draft, [image(0, { foils: [3], truth: 99 })])).toEqual(problem("truths", /true class/));
  });

  it("say how many images lack a group or a condition", () => {
    const sorted = [image(0, { group: "a", condition: "x" }), image(1)];
    expect(problemOf(draftFromTemplate("dujmovicBestAndWorst", 1), sorted)).toEqual(problem("groups", /^1 image of 2 has no group/));
    expect(problemOf(draftFromTemplate("dujmovicFourConditions", 1), sorted)).toEqual(
      problem("conditions", /^1 image of 2 has no condition/),
    );
  });

  it("refuse groups of one image, which compare nothing", () => {
    const grouped = [image(0, { group: "a" }), image(1, { group: "a" }), image(2, { group: "b" })];
    const draft = draftFromTemplate("dujmovicBestAndWorst", 1);
    expect(problemOf(draft, grouped)).toEqual(problem("groups", /^1 group has only one image, so there is no other image/));
    expect(problemOf(draft, [...grouped, image(3, { group: "b" })])).toBeNull();
  });

  it("count the examples of each label that a question can name", () => {
    const draft = draftFromTemplate("dujmovicOneOfThree", 1);
    const example = (index: number, label: number): DraftImage => image(20 + index, { role: "EXEMPLAR", label });
    const given = [...images, example(0, 0), example(1, 0), example(2, 9)];
    expect([...countExamples(draft, given, 12)]).toEqual([
      [0, 2],
      [1, 0],
      [2, 0],
    ]);
    // Noise gets any label of the study, those of other examples too.
    expect([...countExamples(draft, [...given, image(30, { role: "NOISE" })], 12).keys()]).toEqual([0, 1, 2, 9]);
    expect(problemOf(draft, given)).toEqual(problem("exemplars", /^Label class 0 has 2 of 5 examples, and 2 other labels lack some/));
    const all = [0, 1, 2].flatMap((label) => [0, 1, 2, 3, 4].map((index) => example(10 * label + index, label)));
    expect(problemOf(draft, [...images, ...all])).toBeNull();
    const shown = { ...image(3), image: (all[0] as DraftImage).image };
    expect(problemOf(draft, [...images, ...all, { ...shown, role: "GOLD", label: 0 }])).not.toBeNull();
    expect(problemOf(draftFromTemplate("zhouFirestoneE1", 1), [...images, ...all, { ...shown, role: "GOLD" }])).toEqual(
      problem("exemplars", /An example is also a gold photograph/),
    );
  });

  it("are more checks where a trial shows several images", () => {
    const draft = { ...draftFromTemplate("dujmovicOneOfThree", 1), phases: reversePhases() };
    const canary = (index: number, label: number): DraftImage => image(40 + index, { role: "CANARY", label });
    expect(problemOf(draft, [...images, canary(0, 1), canary(1, 2)])).toEqual(problem("canaries", /^A trial shows 3 canaries .* has 2/));
    expect(problemOf(draft, [...images, canary(0, 1), canary(1, 1), canary(2, 2)])).toEqual(problem("canaries", /different labels/));
    expect(problemOf(draft, [...images, canary(0, 1), canary(1, 2), canary(2, 3)])).toBeNull();
    const noise = (count: number) => Array.from({ length: count }, (_, index) => image(50 + index, { role: "NOISE" }));
    expect(problemOf(draft, [...images, ...noise(2)])).toEqual(problem("noise", /has 2/));
    expect(problemOf(draft, [...images, ...noise(3)])).toBeNull();
  });

  it("are next choices of the network, whose names voters see", () => {
    const draft = draftFromTemplate("zhouFirestoneE2", 1);
    expect(labelsOf(draft, { images, classNames })).toEqual([0, 1, 2, 3]);
    expect(labelsOf(draft, { images: [image(0, { truth: 1 })], classNames })).toEqual([0, 2]);
    expect(problemOf(draft, [image(0, { runnersUp: [] }), image(1)])).toEqual(problem("phases", /^1 of 2 images have fewer than 1 known/));
  });
});

function reversePhases(): StudyDraft["phases"] {
  const [phase] = draftFromTemplate("dujmovicOneOfThree", 1).phases;
  return [{ ...(phase as StudyDraft["phases"][number]), protocol: resolveProtocol("reverse", { alternatives: 3, exemplars: 0 }) }];
}
