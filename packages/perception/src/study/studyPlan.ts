/**
 * The plan of a study: everything that is fixed when it opens. Its canonical text is stored, and the SHA-256 of that text identifies the
 * version: any change gives another hash, and so another study.
 */
import { AppError } from "@pareidolia/core/appError";
import { dictionary, integer, list, record, type Shape, text } from "@pareidolia/core/documentShape";
import { canonicalJson } from "../canonicalJson.ts";
import { showsLabels } from "../protocols/registry.ts";
import { buildTrials } from "../trials/buildTrials.ts";
import type { DesignedTrials } from "../trials/design.ts";
import { type Consent, checkConsent, consentShape } from "./consent.ts";
import { checkSelection, imageHash, type SelectionRule, selectionShape } from "./selectionRule.ts";
import { imagesFlash, type StillVersion, stillVersionShape } from "./stillVersion.ts";
import { checkStudyRules, parseStudyRules, type StudyRules } from "./studyRules.ts";

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
/** Voters whose trials are searched for labels without a name. */
const searchedVoters = 4;

function refuse(message: string, field: string): never {
  throw new AppError("INVALID_INPUT", message, { field });
}

/**
 * Checks a plan before its study opens, by building the trials of the first voters, too.
 * @throws AppError INVALID_INPUT naming the first field that does not fit.
 */
export function checkStudyPlan(plan: StudyPlan): void {
  const { seed, rules, overlap, selection, consent, labelNames, languages } = plan;
  checkStudyRules(rules, seed);
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
  checkLabelsHaveNames(rules.design, seed);
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
function checkLabelsHaveNames(design: DesignedTrials, seed: number): void {
  const { stimuli, gold, canaries, exemplars } = design;
  const used = [...stimuli, ...gold, ...canaries].flatMap(({ label, foils }) => [label, ...foils]);
  const shown = Array.from({ length: searchedVoters }, (_, voter) => buildTrials(design, { seed, voter }))
    .flat()
    .flatMap(({ screen }) => screen.labels);
  const named = new Set(design.labels);
  const unnamed = [...used, ...exemplars.map(({ label }) => label), ...shown].find((label) => !named.has(label));
  if (unnamed !== undefined) refuse(`Label ${unnamed} is shown or used and is not in the study's list of labels.`, "rules.design.labels");
}
