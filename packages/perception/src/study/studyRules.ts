/**
 * Everything that is fixed when a study opens: images and trials, stopping and exclusion. The SHA-256 of the canonical text identifies the
 * version; a change of any rule gives another text, and so another study.
 */

import { canonicalJson } from "@pareidolia/core/canonicalJson";
import { record, type Shape } from "@pareidolia/core/documentShape";
import { parseStoppingRule, type StoppingRule } from "../stopping/registry.ts";
import { buildTrials } from "../trials/buildTrials.ts";
import { checkDesign, type DesignedTrials, designShape } from "../trials/design.ts";
import type { Trial } from "../trials/trial.ts";
import { type ExclusionRules, parseExclusion } from "../voters/exclusion.ts";

export interface StudyRules {
  readonly design: DesignedTrials;
  readonly stopping: StoppingRule;
  readonly exclusion: ExclusionRules;
}

const shape: Shape<StudyRules> = record({ design: designShape, stopping: parseStoppingRule, exclusion: parseExclusion });

/** Reads stored rules. @throws AppError CORRUPT_DATA naming what is wrong with them. */
export function parseStudyRules(document: unknown): StudyRules {
  return shape(document, "rules");
}

/** The text to store and to hash: equal rules have equal text. */
export function serialiseStudyRules(rules: StudyRules): string {
  return canonicalJson(rules);
}

/** Voters whose trials are built as a test: over these, every condition and group of usual designs occurs. */
const testedVoters = 16;

/**
 * Checks a draft before it opens, by building the trials of the first voters, one voter in each step.
 * @param seed the study's seed.
 * @yields the trials of each of these voters.
 * @throws AppError INVALID_INPUT naming the field, or the image that lacks foils, examples or images beside it.
 */
export function* testStudyRules({ design }: StudyRules, seed: number): Generator<readonly Trial[], void, void> {
  checkDesign(design);
  for (let voter = 0; voter < testedVoters; voter++) yield buildTrials(design, { seed, voter });
}
