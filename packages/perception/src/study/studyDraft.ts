/**
 * What researchers edit before a study opens. A draft has a rule for its images. Together with the images drawn by the rule, it becomes
 * the plan (`planStudy`).
 */
import { AppError } from "@pareidolia/core/appError";
import {
  dictionary,
  integer,
  list,
  nullable,
  number,
  oneOf,
  record,
  type Shape,
  type ShapeValue,
  text,
} from "@pareidolia/core/documentShape";
import { parseStoppingRule, type StoppingRule } from "../stopping/registry.ts";
import { getTemplate } from "../templates/registry.ts";
import { assignments } from "../trials/assignment.ts";
import { mixings, type Phase, phaseShape } from "../trials/design.ts";
import { type ExclusionRules, parseExclusion, resolveExclusion } from "../voters/exclusion.ts";
import { type Consent, consentShape } from "./consent.ts";
import { consentTextsOf, defaultConsentTexts } from "./defaultConsent.ts";
import { type ImageDetails, listedFoilsShape, noFoils, noSorting, sortedImagesShape } from "./imageDetails.ts";
import { type PhaseTexts, phaseTextsShape } from "./phaseTexts.ts";
import { type SelectionRule, selectionShape } from "./selectionRule.ts";
import { type StillVersion, stillVersionShape } from "./stillVersion.ts";

/** The labels from which foils are drawn: those of the study's images, or all classes of the network. */
export const labelSets = ["images", "all"] as const;

const labelledPhotoShape = record({
  /** ID of the photograph. */
  photo: text,
  /** The class that people see in it. */
  label: integer,
});
export type LabelledPhoto = ShapeValue<typeof labelledPhotoShape>;

const canaryShape = record({
  /** SHA-256 of its bytes. */
  image: text,
  /** The class that networks assign. */
  label: integer,
});
export type CanaryImage = ShapeValue<typeof canaryShape>;

const draftVersion = 1;

/** Drafts of earlier versions have no image details, canaries, examples or repeats. */
export interface StudyDraft extends ImageDetails {
  readonly version: typeof draftVersion;
  /** The template that it is based on; null if none. */
  readonly template: string | null;
  readonly selection: SelectionRule;
  readonly gold: readonly LabelledPhoto[];
  /** Number of images of noise. */
  readonly noise: number;
  readonly canaries: readonly CanaryImage[];
  /** Photographs that illustrate labels. */
  readonly exemplars: readonly LabelledPhoto[];
  readonly labelSet: (typeof labelSets)[number];
  readonly phases: readonly Phase[];
  readonly order: (typeof mixings)[number];
  readonly places: (typeof mixings)[number];
  readonly assignment: (typeof assignments)[number];
  /** Counted images that each voter sees; null for all. */
  readonly trialsPerVoter: number | null;
  /** Counted trials after which the rate of gold and noise has halved; null for a constant rate. */
  readonly decay: number | null;
  /** Counted images that each voter sees a second time, at most half of the voter's images; 0 for none. */
  readonly repeats: number;
  readonly stopping: StoppingRule;
  readonly exclusion: ExclusionRules;
  /** Has no effect unless images flash. */
  readonly stillVersion: StillVersion;
  /** Voters to whom each image is assigned. */
  readonly overlap: number;
  /** BCP 47 tags; the first is the default. */
  readonly languages: readonly string[];
  /** Names that replace those of the network, by language and class. */
  readonly labelNames: { readonly [language: string]: { readonly [label: string]: string } };
  readonly consent: Consent;
  /** Empty for the usual wording. */
  readonly phaseTexts: PhaseTexts;
  /** How many voters without an account may take part by the link. */
  readonly anonymousVoters: number;
  /** How many voters without an account may join within an hour from one network; see `joinsPerHourRange`. */
  readonly joinsPerHour: number;
}

const version: Shape<typeof draftVersion> = (value) => {
  if (value === draftVersion) return draftVersion;
  throw new AppError("CORRUPT_DATA", `A stored draft has version ${String(value)}; this program reads version ${draftVersion}.`);
};

/** For a field that older drafts do not have. */
function orElse<T>(shape: Shape<T>, missing: T): Shape<T> {
  return (value, path) => (value === undefined ? missing : shape(value, path));
}
/** From one voter to more than fit into any lecture hall. */
export const joinsPerHourRange = { minimum: 1, maximum: 1_000 } as const;
/** Enough for a class that shares one address. The number of voters without an account is limited separately. */
const usualJoinsPerHour = 40;

/** Older drafts, from before there was a choice, have none. */
const joinsPerHour: Shape<number> = (value, path) => {
  const { minimum, maximum } = joinsPerHourRange;
  const joins = value === undefined ? usualJoinsPerHour : integer(value, path);
  if (joins >= minimum && joins <= maximum) return joins;
  throw new AppError("CORRUPT_DATA", `A stored document is damaged: ${path} is not from ${minimum} to ${maximum}.`);
};

const shape: Shape<StudyDraft> = record<StudyDraft>({
  version,
  template: nullable(text),
  selection: selectionShape,
  gold: list(labelledPhotoShape),
  noise: integer,
  canaries: orElse(list(canaryShape), []),
  exemplars: orElse(list(labelledPhotoShape), []),
  truths: orElse(dictionary(integer), {}),
  foils: orElse(listedFoilsShape, noFoils),
  groups: orElse(sortedImagesShape, noSorting),
  conditions: orElse(sortedImagesShape, noSorting),
  labelSet: oneOf(labelSets),
  phases: list(phaseShape),
  order: oneOf(mixings),
  places: oneOf(mixings),
  assignment: oneOf(assignments),
  trialsPerVoter: nullable(integer),
  decay: nullable(number),
  repeats: orElse(integer, 0),
  stopping: parseStoppingRule,
  exclusion: parseExclusion,
  stillVersion: stillVersionShape("leftOut"),
  overlap: integer,
  languages: list(text),
  labelNames: dictionary(dictionary(text)),
  consent: consentShape,
  phaseTexts: orElse(phaseTextsShape, {}),
  anonymousVoters: integer,
  joinsPerHour,
});

/** Reads a stored draft. @throws AppError CORRUPT_DATA naming what is wrong with it. */
export function parseStudyDraft(document: unknown): StudyDraft {
  return shape(document, "draft");
}

/** Reads a draft from a client. @throws AppError INVALID_INPUT naming what is wrong with it. */
export function readStudyDraft(document: unknown): StudyDraft {
  try {
    return parseStudyDraft(document);
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw new AppError("INVALID_INPUT", describeMisfit(cause), { field: "draft", cause });
  }
}

/** Readers of stored documents say what is damaged; nothing is stored yet of a client's draft. */
function describeMisfit({ message, cause }: AppError): string {
  const document = /^A stored document is damaged: (.+)$/.exec(message);
  if (document !== null) return `The draft does not fit: ${document[1]}`;
  const part = /^A stored (.+?) (?:is|has|lacks) /.exec(message);
  if (part === null) return message;
  const name = part[1] === "draft" ? "The draft" : `The draft's ${part[1]}`;
  if (cause instanceof AppError && cause.code === "INVALID_INPUT") return `${name} does not fit: ${cause.message}`;
  return message.replace(`A stored ${part[1]}`, name);
}

const usualAnonymousVoters = 500;

/**
 * Creates a draft from the rules of a template.
 * @param seed of the first draw of images.
 * @throws AppError NOT_FOUND for an unknown template.
 */
export function draftFromTemplate(id: string, seed: number): StudyDraft {
  const template = getTemplate(id);
  const { phases, order, places, assignment, decay, repeats = 0 } = template.rules;
  return {
    version: draftVersion,
    template: id,
    selection: {
      runs: [],
      models: [],
      encodings: [],
      minimumConfidence: null,
      maximumConfidence: null,
      oneEachNiche: false,
      take: 60,
      seed,
      images: [],
      excluded: [],
    },
    gold: [],
    noise: 0,
    canaries: [],
    exemplars: [],
    truths: {},
    foils: noFoils,
    // Without these rules, nothing could be previewed until each image has a group or condition by hand.
    groups: { ...noSorting, by: assignment === "onePerGroup" ? "label" : "hand" },
    conditions: { ...noSorting, by: assignment === "oneCondition" ? "source" : "hand" },
    labelSet: "images",
    phases,
    order,
    places,
    assignment,
    trialsPerVoter: null,
    decay,
    repeats,
    stopping: template.stopping,
    exclusion: resolveExclusion({}),
    stillVersion: "leftOut",
    overlap: template.votes,
    languages: ["en"],
    labelNames: {},
    consent: { version: 1, minimumAge: 18, texts: { en: consentTextsOf({ template: id, phases }, "en") ?? defaultConsentTexts.en } },
    phaseTexts: { en: template.texts.en.phases },
    anonymousVoters: usualAnonymousVoters,
    joinsPerHour: usualJoinsPerHour,
  };
}
