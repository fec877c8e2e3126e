/** What the images of a draft lack for its protocol and assignment, said in the words of the builder. */
import { AppError } from "@pareidolia/core/appError";
import { foilsFor } from "../foils/foilPolicy.ts";
import type { DraftImage } from "./planStudy.ts";
import type { StudyDraft } from "./studyDraft.ts";

type Rules = Pick<StudyDraft, "phases" | "assignment" | "labelSet">;

/** Listed foils that each counted image needs; 0 if foils are not listed. */
export function listedFoilsNeeded({ phases }: Pick<Rules, "phases">): number {
  const needed = phases.map(({ protocol }) =>
    protocol.kind === "alternatives" && protocol.values.foils === "listed" ? protocol.values.alternatives - 1 : 0,
  );
  return Math.max(0, ...needed);
}

/** The image's listed foils that can be offered: neither its label nor its own class. */
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

function refuse(message: string, field: string): never {
  throw new AppError("INVALID_INPUT", message, { field });
}

/** The usual name of a class, without synonyms. */
function nameOf(classNames: readonly string[], label: number): string {
  return (classNames[label] ?? `class ${label}`).split(", ")[0] as string;
}

function checkSorted(counted: readonly DraftImage[], name: "group" | "condition"): void {
  const missing = counted.filter((image) => image[name] === "").length;
  if (missing === 0) return;
  const [images, verb] = missing === 1 ? ["image", "has"] : ["images", "have"];
  refuse(
    `${missing} ${images} of ${counted.length} ${verb} no ${name}. Sort images into ${name}s by label or by encoding, or by hand.`,
    `${name}s`,
  );
}

function checkFoils(counted: readonly DraftImage[], needed: number, classNames: readonly string[]): void {
  const lacking = counted.filter((image) => usableFoils(image).length < needed);
  const [first] = lacking;
  if (first === undefined) return;
  refuse(
    `${lacking.length} of ${counted.length} images have fewer than ${needed} listed foils, such as one with the label ${nameOf(classNames, first.label)}, which has ${usableFoils(first).length}. List foils by label or by image.`,
    "foils",
  );
}

function checkNextChoices({ phases }: Rules, counted: readonly DraftImage[]): void {
  for (const { protocol } of phases) {
    if (protocol.kind !== "alternatives" || protocol.values.foils !== "secondChoice") continue;
    const needed = protocol.values.alternatives - 1;
    const lacking = counted.filter((image) => foilsFor(image, image.runnersUp).length < needed);
    if (lacking.length > 0)
      refuse(
        `${lacking.length} of ${counted.length} images have fewer than ${needed} known next choices of the network. Set fewer alternatives, choose other foils, or leave these images out.`,
        "phases",
      );
  }
}

function checkExamples(rules: Rules, images: readonly DraftImage[], classNames: readonly string[]): void {
  const needed = examplesNeeded(rules);
  const lacking = [...countExamples(rules, images, classNames.length)].filter(([, count]) => count < needed);
  const [first] = lacking;
  if (first === undefined) return;
  const others = lacking.length - 1;
  const also = others === 0 ? "" : `, and ${others} other ${others === 1 ? "label lacks" : "labels lack"} some`;
  refuse(
    `Label ${nameOf(classNames, first[0])} has ${first[1]} of ${needed} examples${also}. Choose photographs of each label, or set fewer examples.`,
    "exemplars",
  );
}

/** Classes given by hand must exist. */
function checkClasses(images: readonly DraftImage[], classes: number): void {
  const isUnknown = (label: number): boolean => !(label >= 0 && label < classes);
  if (classes === 0) return;
  for (const { truth, foils } of images) {
    if (foils.some(isUnknown)) refuse("A listed foil is not a class of the network. Remove it.", "foils");
    if (truth !== null && isUnknown(truth)) refuse("The own class of an image is not a class of the network. Choose another.", "truths");
  }
}

/** The number of images that a trial shows side by side. All have one role: checks and counted images never share a trial. */
function imagesBeside({ phases }: Rules): number {
  const counts = phases.map(({ protocol }) =>
    protocol.kind === "reverse" ? protocol.values.alternatives : protocol.kind === "pairwise" ? 2 : 1,
  );
  return Math.max(1, ...counts);
}

const checks = { GOLD: "gold photographs", CANARY: "canaries" } as const;

function checkBeside(rules: Rules, images: readonly DraftImage[]): void {
  const beside = imagesBeside(rules);
  for (const role of ["GOLD", "CANARY"] as const) {
    const labels = images.flatMap((image) => (image.role === role ? [image.label] : []));
    const lacks = labels.some((label) => labels.filter((other) => other !== label).length < beside - 1);
    if (lacks)
      refuse(
        `A trial shows ${beside} ${checks[role]} with different labels beside one another, and the study has ${labels.length}. Choose more of them, or none.`,
        role === "GOLD" ? "gold" : "canaries",
      );
  }
  const noise = images.filter(({ role }) => role === "NOISE").length;
  if (noise > 0 && noise < beside)
    refuse(
      `A trial shows ${beside} images of noise beside one another, and the study has ${noise}. Set ${beside} or more, or none.`,
      "noise",
    );
}

/** Beside a question about itself, an example would show the answer. */
function checkRepeated(images: readonly DraftImage[]): void {
  const examples = new Set(images.flatMap(({ role, image }) => (role === "EXEMPLAR" ? [image] : [])));
  const repeated = images.find(({ role, image }) => role !== "EXEMPLAR" && examples.has(image));
  if (repeated === undefined) return;
  const what = { COUNTED: "an image of the study", GOLD: "a gold photograph", CANARY: "a canary", NOISE: "noise", EXEMPLAR: "an example" };
  refuse(
    `An example is also ${what[repeated.role]}, so voters would see its class. Choose another photograph as the example.`,
    "exemplars",
  );
}

/**
 * @param images with their details.
 * @throws AppError INVALID_INPUT naming what is missing, how much of it, and what to do.
 */
export function checkDetails(draft: Rules, images: readonly DraftImage[], classNames: readonly string[]): void {
  const counted = images.filter(({ role }) => role === "COUNTED");
  checkClasses(images, classNames.length);
  if (draft.assignment === "onePerGroup") checkSorted(counted, "group");
  if (draft.assignment === "oneCondition") checkSorted(counted, "condition");
  checkFoils(counted, listedFoilsNeeded(draft), classNames);
  checkNextChoices(draft, counted);
  checkBeside(draft, images);
  checkRepeated(images);
  checkExamples(draft, images, classNames);
}
