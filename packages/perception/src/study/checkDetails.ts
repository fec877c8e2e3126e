/** Finds what is missing from the images of a draft for its protocol and assignment, and describes it in the words of the builder. */
import { foilsFor } from "../foils/foilPolicy.ts";
import { type PlanProblems, refuseProblems } from "../planProblem.ts";
import { findTemplate } from "../templates/registry.ts";
import type { DraftImage } from "./planStudy.ts";
import type { StudyDraft } from "./studyDraft.ts";

type Rules = Pick<StudyDraft, "phases" | "assignment" | "labelSet" | "template">;

/** Listed foils that each counted image needs; 0 if foils are not listed. */
export function listedFoilsNeeded({ phases }: Pick<Rules, "phases">): number {
  const needed = phases.map(({ protocol }) =>
    protocol.kind === "alternatives" && protocol.values.foils === "listed" ? protocol.values.alternatives - 1 : 0,
  );
  return Math.max(0, ...needed);
}

/** The foils listed for an image, without its label and its true class, which cannot be offered. */
export function usableFoils(image: DraftImage): readonly number[] {
  return foilsFor(image, [...new Set(image.foils)]);
}

/** Photographs that each label needs as examples; 0 if the question has none. */
export function examplesNeeded({ phases }: Pick<Rules, "phases">): number {
  return Math.max(0, ...phases.map(({ protocol }) => (protocol.kind === "reverse" ? protocol.values.exemplars : 0)));
}

/** The labels of questions, which need examples, each with its number of photographs, in ascending order. */
export function countExamples({ labelSet }: Pick<Rules, "labelSet">, images: readonly DraftImage[], classes: number): Map<number, number> {
  // An image of noise gets any of the study's labels.
  const hasNoise = images.some(({ role }) => role === "NOISE");
  const named = images.flatMap(({ role, label }) =>
    role === "COUNTED" || role === "GOLD" || role === "CANARY" || (hasNoise && role === "EXEMPLAR") ? [label] : [],
  );
  const labels = hasNoise && labelSet === "all" ? Array.from({ length: classes }, (_, label) => label) : named;
  const counts = new Map([...new Set(labels)].sort((a, b) => a - b).map((label) => [label, 0]));
  for (const { role, label } of images) {
    const count = counts.get(label);
    if (role === "EXEMPLAR" && count !== undefined) counts.set(label, count + 1);
  }
  return counts;
}

/** The common name of a class, without synonyms. */
function nameOf(classNames: readonly string[], label: number): string {
  return (classNames[label] ?? `class ${label}`).split(", ")[0] as string;
}

function* sortingProblems(counted: readonly DraftImage[], name: "group" | "condition"): PlanProblems {
  const missing = counted.filter((image) => image[name] === "").length;
  if (missing === 0) return;
  const [images, verb] = missing === 1 ? ["image", "has"] : ["images", "have"];
  yield {
    message: `${missing} ${images} of ${counted.length} ${verb} no ${name}. Sort images into ${name}s by label or by encoding, or by hand.`,
    field: `${name}s`,
  };
}

/** Each voter sees one image of each group, so a group needs at least two images. */
function* groupProblems(counted: readonly DraftImage[]): PlanProblems {
  const sizes = new Map<string, number>();
  for (const { group } of counted) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  // Images without a group are a problem of their own.
  if (sizes.has("")) return;
  const single = [...sizes.values()].filter((size) => size === 1).length;
  if (single === 0) return;
  const have = single === 1 ? "1 group has" : `${single} groups have`;
  yield {
    message: `${have} only one image, so there is no other image of the group to compare it with. Put at least two images into each group, or show voters all images.`,
    field: "groups",
  };
}

function* foilProblems(counted: readonly DraftImage[], needed: number, classNames: readonly string[]): PlanProblems {
  const lacking = counted.filter((image) => usableFoils(image).length < needed);
  const [first] = lacking;
  if (first === undefined) return;
  yield {
    message: `${lacking.length} of ${counted.length} images have fewer than ${needed} listed foils, such as one with the label ${nameOf(classNames, first.label)}, which has ${usableFoils(first).length}. List foils by label or by image.`,
    field: "foils",
  };
}

function* nextChoiceProblems({ phases }: Rules, counted: readonly DraftImage[]): PlanProblems {
  for (const { protocol } of phases) {
    if (protocol.kind !== "alternatives" || protocol.values.foils !== "secondChoice") continue;
    const needed = protocol.values.alternatives - 1;
    const lacking = counted.filter((image) => foilsFor(image, image.runnersUp).length < needed);
    if (lacking.length > 0)
      yield {
        message: `${lacking.length} of ${counted.length} images have fewer than ${needed} known next choices of the network. Set fewer alternatives, choose other foils, or leave these images out.`,
        field: "phases",
      };
  }
}

function* exampleProblems(rules: Rules, images: readonly DraftImage[], classNames: readonly string[]): PlanProblems {
  const needed = examplesNeeded(rules);
  const lacking = [...countExamples(rules, images, classNames.length)].filter(([, count]) => count < needed);
  const [first] = lacking;
  if (first === undefined) return;
  const others = lacking.length - 1;
  const also = others === 0 ? "" : `, and ${others} other ${others === 1 ? "label lacks" : "labels lack"} some`;
  yield {
    message: `Label ${nameOf(classNames, first[0])} has ${first[1]} of ${needed} examples${also}. Choose photographs of each label, or set fewer examples.`,
    field: "exemplars",
  };
}

/** Classes entered by hand must exist. */
function* classProblems(images: readonly DraftImage[], classes: number): PlanProblems {
  const isUnknown = (label: number): boolean => !(label >= 0 && label < classes);
  if (classes === 0) return;
  if (images.some(({ foils }) => foils.some(isUnknown)))
    yield { message: "A listed foil is not a class of the network. Remove it.", field: "foils" };
  if (images.some(({ truth }) => truth !== null && isUnknown(truth)))
    yield { message: "The true class of an image is not a class of the network. Choose another.", field: "truths" };
}

/** The number of images that a trial shows side by side. All have one role: checks and counted images never share a trial. */
function imagesBeside({ phases }: Rules): number {
  const counts = phases.map(({ protocol }) =>
    protocol.kind === "reverse" ? protocol.values.alternatives : protocol.kind === "pairwise" ? 2 : 1,
  );
  return Math.max(1, ...counts);
}

const checks = { GOLD: "gold photographs", CANARY: "canaries" } as const;

function* besideProblems(rules: Rules, images: readonly DraftImage[]): PlanProblems {
  const beside = imagesBeside(rules);
  for (const role of ["GOLD", "CANARY"] as const) {
    const labels = images.flatMap((image) => (image.role === role ? [image.label] : []));
    const lacks = labels.some((label) => labels.filter((other) => other !== label).length < beside - 1);
    if (lacks)
      yield {
        message: `A trial shows ${beside} ${checks[role]} with different labels side by side, but the study has ${labels.length}. Choose more of them, or none.`,
        field: role === "GOLD" ? "gold" : "canaries",
      };
  }
  const noise = images.filter(({ role }) => role === "NOISE").length;
  if (noise > 0 && noise < beside)
    yield {
      message: `A trial shows ${beside} images of noise side by side, but the study has ${noise}. Set ${beside} or more, or none.`,
      field: "noise",
    };
}

/** An example would give away the answer to a question about the same photograph. */
function* repeatedProblems(images: readonly DraftImage[]): PlanProblems {
  const examples = new Set(images.flatMap(({ role, image }) => (role === "EXEMPLAR" ? [image] : [])));
  const repeated = images.find(({ role, image }) => role !== "EXEMPLAR" && examples.has(image));
  if (repeated === undefined) return;
  const what = { COUNTED: "an image of the study", GOLD: "a gold photograph", CANARY: "a canary", NOISE: "noise", EXEMPLAR: "an example" };
  yield {
    message: `An example is also ${what[repeated.role]}, so voters would see its class. Choose another photograph as the example.`,
    field: "exemplars",
  };
}

/** A question about a class other than the image's own needs to know that one, so that it is never offered. */
function* ownClassProblems({ template, phases }: Rules, counted: readonly DraftImage[]): PlanProblems {
  const design = findTemplate(template);
  if (design?.needsOwnClasses !== true || design.rules.phases[0]?.protocol.kind !== phases[0]?.protocol.kind) return;
  const without = counted.filter(({ truth }) => truth === null).length;
  if (without === 0) return;
  yield {
    message: `${without} of ${counted.length} images have no own class, so it could be offered as an answer, and "${design.label}" asks for another. Set the own class of each image, or choose another template.`,
    field: "truths",
  };
}

/** Says what is missing, how much of it, and what to do. @param images with their details. */
export function* detailProblems(draft: Rules, images: readonly DraftImage[], classNames: readonly string[]): PlanProblems {
  const counted = images.filter(({ role }) => role === "COUNTED");
  yield* classProblems(images, classNames.length);
  if (draft.assignment === "onePerGroup") {
    yield* sortingProblems(counted, "group");
    yield* groupProblems(counted);
  }
  if (draft.assignment === "oneCondition") yield* sortingProblems(counted, "condition");
  yield* foilProblems(counted, listedFoilsNeeded(draft), classNames);
  yield* nextChoiceProblems(draft, counted);
  yield* ownClassProblems(draft, counted);
  yield* besideProblems(draft, images);
  yield* repeatedProblems(images);
  yield* exampleProblems(draft, images, classNames);
}

/** @throws AppError INVALID_INPUT naming the problems. */
export function checkDetails(draft: Rules, images: readonly DraftImage[], classNames: readonly string[]): void {
  refuseProblems(detailProblems(draft, images, classNames));
}
