/**
 * Everything that is fixed when a study opens: images and trials, stopping and exclusion. The SHA-256 of the canonical text identifies the
 * version. Changing any rule results in a different text, and so in a different study.
 */

import { canonicalJson } from "@pareidolia/core/canonicalJson";
import { record, type Shape } from "@pareidolia/core/documentShape";
import { parseStoppingRule, type StoppingRule } from "../stopping/registry.ts";
import { buildTrials } from "../trials/buildTrials.ts";
import { type DesignedTrials, designShape } from "../trials/design.ts";
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

/** How many voters' trials are built as a test. Among these, every condition and group of usual designs occurs. */
const testedVoters = 16;

/**
 * Builds the trials of the first voters as a test, one voter in each step.
 * @param seed the study's seed.
 * @yields the trials of each of these voters.
 * @throws AppError INVALID_INPUT naming the image that lacks foils, examples or images beside it.
 */
export function* testStudyRules({ design }: Pick<StudyRules, "design">, seed: number): Generator<readonly Trial[], void, void> {
  for (let voter = 0; voter < testedVoters; voter++) yield buildTrials(design, { seed, voter });
}
