/**
 * What researchers edit before a study opens. A draft names its images by a rule; together with the images that the rule gave, it becomes
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
import { defaultConsentTexts } from "./defaultConsent.ts";
import { type ImageDetails, listedFoilsShape, noFoils, noSorting, sortedImagesShape } from "./imageDetails.ts";
import { type SelectionRule, selectionShape } from "./selectionRule.ts";
import { type StillVersion, stillVersionShape } from "./stillVersion.ts";

/** The labels from which foils are drawn: those of the study's images, or all classes of the network. */
export const labelSets = ["images", "all"] as const;

const labelledPhotoShape = record({
  /** ID of the photograph. */
  photo: text,
  /** The class that people see. */
  label: integer,
});
export type LabelledPhoto = ShapeValue<typeof labelledPhotoShape>;

const canaryShape = record({
  /** SHA-256 of its bytes. */
  image: text,
  /** The class that networks name. */
  label: integer,
});
export type CanaryImage = ShapeValue<typeof canaryShape>;

const draftVersion = 1;

/** Drafts of earlier versions lack what is described in `ImageDetails`, canaries and examples. */
export interface StudyDraft extends ImageDetails {
  readonly version: typeof draftVersion;
  /** The template that it started from; null for none. */
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
  readonly stopping: StoppingRule;
  readonly exclusion: ExclusionRules;
  /** Of no effect unless images flash. */
  readonly stillVersion: StillVersion;
  /** Voters to whom each image is assigned. */
  readonly overlap: number;
  /** BCP 47 tags; the first is the default. */
  readonly languages: readonly string[];
  /** Names that replace those of the network, by language and class. */
  readonly labelNames: { readonly [language: string]: { readonly [label: string]: string } };
  readonly consent: Consent;
  /** How many voters without an account may take part by the link. */
  readonly anonymousVoters: number;
  /** How many voters without an account may join within an hour from one network; see `joinsPerHourRange`. */
  readonly joinsPerHour: number;
}

const version: Shape<typeof draftVersion> = (value) => {
  if (value === draftVersion) return draftVersion;
  throw new AppError("CORRUPT_DATA", `A stored draft has version ${String(value)}; this program reads version ${draftVersion}.`);
};

/** For a field that drafts did not always have. */
function orElse<T>(shape: Shape<T>, missing: T): Shape<T> {
  return (value, path) => (value === undefined ? missing : shape(value, path));
}
/** At least one voter, and at most more than any lecture hall. */
export const joinsPerHourRange = { minimum: 1, maximum: 1_000 } as const;
/** A class behind one address. The number of voters without an account limits the rest. */
const usualJoinsPerHour = 40;

/** Drafts of before there was a choice have none. */
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
  stopping: parseStoppingRule,
  exclusion: parseExclusion,
  stillVersion: stillVersionShape("leftOut"),
  overlap: integer,
  languages: list(text),
  labelNames: dictionary(dictionary(text)),
  consent: consentShape,
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
    throw new AppError("INVALID_INPUT", cause.message.replace("A stored document is damaged: ", "The draft does not fit: "), {
      field: "draft",
      cause,
    });
  }
}

/** Votes on each image in a new draft: enough for a 95% interval of about ±20 points. */
const usualOverlap = 24;
const usualAnonymousVoters = 500;

/**
 * A draft by the rules of a template.
 * @param seed of the first draw of images.
 * @throws AppError NOT_FOUND for an unknown template.
 */
export function draftFromTemplate(id: string, seed: number): StudyDraft {
  const template = getTemplate(id);
  const { phases, order, places, assignment, decay } = template.rules;
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
    // Without these rules, images would need a group or condition by hand before anything can be previewed.
    groups: { ...noSorting, by: assignment === "onePerGroup" ? "label" : "hand" },
    conditions: { ...noSorting, by: assignment === "oneCondition" ? "source" : "hand" },
    labelSet: "images",
    phases,
    order,
    places,
    assignment,
    trialsPerVoter: null,
    decay,
    stopping: template.stopping,
    exclusion: resolveExclusion({}),
    stillVersion: "leftOut",
    overlap: template.original.voters ?? usualOverlap,
    languages: ["en"],
    labelNames: {},
    consent: { version: 1, minimumAge: 18, texts: { en: defaultConsentTexts.en } },
    anonymousVoters: usualAnonymousVoters,
    joinsPerHour: usualJoinsPerHour,
  };
}
