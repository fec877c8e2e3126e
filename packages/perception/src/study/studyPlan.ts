/**
 * The plan of a study: everything that is fixed when it opens. Its canonical text is stored, and the SHA-256 of that text identifies the
 * version: any change gives another hash, and so another study.
 */
import { AppError } from "@pareidolia/core/appError";
import { canonicalJson } from "@pareidolia/core/canonicalJson";
import { dictionary, integer, list, record, type Shape, text } from "@pareidolia/core/documentShape";
import { showsLabels } from "../protocols/registry.ts";
import type { DesignedTrials } from "../trials/design.ts";
import { type Consent, checkConsent, consentShape } from "./consent.ts";
import { checkSelection, imageHash, type SelectionRule, selectionShape } from "./selectionRule.ts";
import { imagesFlash, type StillVersion, stillVersionShape } from "./stillVersion.ts";
import { parseStudyRules, type StudyRules, testStudyRules } from "./studyRules.ts";

/** The version of stored plans. */
export const planVersion = 1;

export interface StudyPlan {
  readonly version: typeof planVersion;
  /** Of all trials and of all resampling in the results: an integer in [0, 2^31 - 1]. */
  readonly seed: number;
  /** Images are identified by the SHA-256 of their bytes. */
  readonly rules: StudyRules;
  /** "notOffered" unless images flash. */
  readonly stillVersion: StillVersion;
  /** Number of voters to whom each image is assigned, unless its stopping rule stops earlier; at least 1. */
  readonly overlap: number;
  readonly selection: SelectionRule;
  readonly consent: Consent;
  /** Names of the design's labels, in their order, by language. */
  readonly labelNames: { readonly [language: string]: readonly string[] };
  /** BCP 47 tags; the first is the default. */
  readonly languages: readonly string[];
}

const version: Shape<typeof planVersion> = (value) => {
  if (value === planVersion) return planVersion;
  throw new AppError("CORRUPT_DATA", `A stored plan has version ${String(value)}; this program reads version ${planVersion}.`);
};

const shape: Shape<StudyPlan> = record<StudyPlan>({
  version,
  seed: integer,
  rules: parseStudyRules,
  stillVersion: stillVersionShape("notOffered"),
  overlap: integer,
  selection: selectionShape,
  consent: consentShape,
  labelNames: dictionary(list(text)),
  languages: list(text),
});

/** Reads a stored plan. @throws AppError CORRUPT_DATA naming what is wrong with it. */
export function parseStudyPlan(document: unknown): StudyPlan {
  return shape(document, "plan");
}

/**
 * The text to store and to hash: equal plans have equal text. A plan without a still version does not name it, as the plans that were locked
 * before there was one.
 */
export function serialiseStudyPlan({ stillVersion, ...plan }: StudyPlan): string {
  return canonicalJson(stillVersion === "notOffered" ? plan : { ...plan, stillVersion });
}

const mostOverlap = 100_000;
/** A language, with an optional script and region: "en", "pt-BR", "zh-Hant". */
const languageTag = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/;
/** Characters of a label's name, which has to fit on a button. */
const longestName = 100;
/** Images that one voter may see in all phases, checks included: more than an hour of trials, which are built while the voter waits. */
export const mostShown = 2_000;

function refuse(message: string, field: string): never {
  throw new AppError("INVALID_INPUT", message, { field });
}

/**
 * Checks a plan before its study opens, by building the trials of the first voters, too.
 * @throws AppError INVALID_INPUT naming the first field that does not fit.
 */
export function checkStudyPlan(plan: StudyPlan): void {
  for (const _ of studyPlanChecks(plan));
}

/** `checkStudyPlan` in steps: between them, a server can answer others. */
export function* studyPlanChecks(plan: StudyPlan): Generator<void, void, void> {
  const { seed, rules, overlap, selection, consent, labelNames, languages } = plan;
  checkShown(rules.design);
  const shown = new Set<number>();
  for (const trials of testStudyRules(rules, seed)) {
    for (const { screen } of trials) for (const label of screen.labels) shown.add(label);
    yield;
  }
  checkImages(rules.design);
  if (plan.stillVersion !== "notOffered" && !imagesFlash(rules.design.phases))
    refuse("Only studies whose images flash have a still version.", "stillVersion");
  if (!(overlap >= 1 && overlap <= mostOverlap)) refuse(`The number of votes for each image must be from 1 to ${mostOverlap}.`, "overlap");
  checkSelection(selection);
  if (languages.length === 0) refuse("A study needs at least one language.", "languages");
  if (new Set(languages).size !== languages.length) refuse("The languages must be distinct.", "languages");
  const malformed = languages.find((language) => !languageTag.test(language));
  if (malformed !== undefined) refuse(`"${malformed}" is not the tag of a language, such as en or pt-BR.`, "languages");
  checkConsent(consent, languages);
  for (const language of languages) checkNames(labelNames, language, rules.design);
  const unused = Object.keys(labelNames).find((language) => !languages.includes(language));
  if (unused !== undefined) refuse(`The study is not offered in ${unused}. Remove its names, or add the language.`, "labelNames");
  checkLabelsHaveNames(rules.design, shown);
}

/** Groups and conditions are counted as the images of the largest voter's part. */
function checkShown({ assignment, perVoter, phases, stimuli }: DesignedTrials): void {
  const members = new Map<string, number>();
  const key = assignment === "onePerGroup" ? "group" : "condition";
  for (const stimulus of stimuli) members.set(stimulus[key], (members.get(stimulus[key]) ?? 0) + 1);
  const counted =
    assignment === "all"
      ? perVoter.counted
      : assignment === "onePerGroup"
        ? members.size
        : [...members.values()].reduce((most, size) => Math.max(most, size), 0);
  const shown = phases.length * (counted + perVoter.gold + perVoter.noise + perVoter.canaries);
  if (shown > mostShown)
    refuse(
      `A voter would see ${shown} images, and may see up to ${mostShown}. Show each voter fewer of them.`,
      "rules.design.perVoter.counted",
    );
}

function checkImages({ stimuli, gold, canaries, noise, exemplars }: DesignedTrials): void {
  const images = [...[...stimuli, ...gold, ...canaries].map(({ image }) => image), ...noise, ...exemplars.flatMap((one) => one.images)];
  const other = images.find((image) => !imageHash.test(image));
  if (other !== undefined) refuse(`"${other}" is not the SHA-256 of an image.`, "rules.design");
}

function checkNames(labelNames: StudyPlan["labelNames"], language: string, { labels, phases }: DesignedTrials): void {
  const field = `labelNames.${language}`;
  const names = Object.hasOwn(labelNames, language) ? labelNames[language] : undefined;
  if (names?.length !== labels.length)
    throw new AppError("INVALID_INPUT", `Give a name in ${language} to each of the ${labels.length} labels.`, { field });
  const unfit = names.findIndex((name) => name.trim() === "" || name.length > longestName);
  if (unfit >= 0) refuse(`The name of label ${labels[unfit]} in ${language} must have from 1 to ${longestName} characters.`, field);
  const known = new Set<string>();
  for (const name of names) {
    if (known.has(name) && phases.some(({ protocol }) => showsLabels(protocol)))
      refuse(`Two labels have the name "${name}" in ${language}. Voters could not distinguish them: rename one.`, field);
    known.add(name);
  }
}

/** Labels of images and listed foils, and all labels that the first voters see, must be among the study's: only those have names. */
function checkLabelsHaveNames(design: DesignedTrials, shown: ReadonlySet<number>): void {
  const { stimuli, gold, canaries, exemplars } = design;
  const used = [...stimuli, ...gold, ...canaries].flatMap(({ label, foils }) => [label, ...foils]);
  const named = new Set(design.labels);
  const unnamed = [...used, ...exemplars.map(({ label }) => label), ...shown].find((label) => !named.has(label));
  if (unnamed !== undefined) refuse(`Label ${unnamed} is shown or used and is not in the study's list of labels.`, "rules.design.labels");
}
