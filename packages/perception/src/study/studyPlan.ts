/**
 * The plan of a study: everything that is fixed when it opens. Its canonical text is stored and identified by its SHA-256. Any change
 * results in a different hash, and so in a different study.
 */
import { AppError } from "@pareidolia/core/appError";
import { canonicalJson } from "@pareidolia/core/canonicalJson";
import { dictionary, integer, list, record, type Shape, text } from "@pareidolia/core/documentShape";
import { type Consent, consentShape } from "./consent.ts";
import { type PhaseTexts, phaseTextsShape } from "./phaseTexts.ts";
import { type SelectionRule, selectionShape } from "./selectionRule.ts";
import { type StillVersion, stillVersionShape } from "./stillVersion.ts";
import { parseStudyRules, type StudyRules } from "./studyRules.ts";

/** The version of stored plans. */
export const planVersion = 1;

export interface StudyPlan {
  readonly version: typeof planVersion;
  /** Seed of all trials and all resampling in the results: an integer in [0, 2^31 - 1]. */
  readonly seed: number;
  /** Images are identified by the SHA-256 of their bytes. */
  readonly rules: StudyRules;
  /** "notOffered" unless images flash. */
  readonly stillVersion: StillVersion;
  /** Number of voters to whom each image is assigned, unless its stopping rule stops earlier; at least 1. */
  readonly overlap: number;
  readonly selection: SelectionRule;
  readonly consent: Consent;
  /** Empty for the usual wording. */
  readonly phaseTexts: PhaseTexts;
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
  phaseTexts: (value, path) => (value === undefined ? {} : phaseTextsShape(value, path)),
  labelNames: dictionary(list(text)),
  languages: list(text),
});

/** Reads a stored plan. @throws AppError CORRUPT_DATA naming what is wrong with it. */
export function parseStudyPlan(document: unknown): StudyPlan {
  return shape(document, "plan");
}

/**
 * The text to store and to hash: equal plans have equal text. A plan without a still version, or without texts of its phases, does not name
 * them, as the plans that were locked before there were any.
 */
export function serialiseStudyPlan({ stillVersion, phaseTexts, ...plan }: StudyPlan): string {
  return canonicalJson({
    ...plan,
    ...(stillVersion === "notOffered" ? {} : { stillVersion }),
    ...(Object.keys(phaseTexts).length === 0 ? {} : { phaseTexts }),
  });
}
