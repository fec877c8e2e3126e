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
import { type SelectionRule, selectionShape } from "./selectionRule.ts";
import { type StillVersion, stillVersionShape } from "./stillVersion.ts";

/** The labels from which foils are drawn: those of the study's images, or all classes of the network. */
export const labelSets = ["images", "all"] as const;

const goldShape = record({
  /** ID of the photograph. */
  photo: text,
  /** The class that people see. */
  label: integer,
});
export type GoldImage = ShapeValue<typeof goldShape>;

const draftVersion = 1;

export interface StudyDraft {
  readonly version: typeof draftVersion;
  /** The template that it started from; null for none. */
  readonly template: string | null;
  readonly selection: SelectionRule;
  readonly gold: readonly GoldImage[];
  /** Number of images of noise. */
  readonly noise: number;
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
}

const version: Shape<typeof draftVersion> = (value) => {
  if (value === draftVersion) return draftVersion;
  throw new AppError("CORRUPT_DATA", `A stored draft has version ${String(value)}; this program reads version ${draftVersion}.`);
};

const shape: Shape<StudyDraft> = record<StudyDraft>({
  version,
  template: nullable(text),
  selection: selectionShape,
  gold: list(goldShape),
  noise: integer,
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
  };
}
