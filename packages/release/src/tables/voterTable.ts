/** The table of voters: what a reader needs to rebuild their trials, and nothing that says who they are. */

import type { TypedColumn } from "@pareidolia/archive/tables/columns";
import { AppError } from "@pareidolia/core/appError";
import type { Cell } from "@pareidolia/core/csv";
import { pseudonymOf } from "@pareidolia/perception/study/pseudonym";
import type { StudyVoter } from "@pareidolia/perception/study/results/studyData";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";

/** A voter who did not withdraw. */
export interface ReleasedVoter extends StudyVoter {
  /** BCP 47 tag of the language in which the voter answered. */
  readonly language: string;
  /** The version of the consent that the voter accepted. */
  readonly consentVersion: number;
}

interface VoterColumn extends TypedColumn {
  readonly value: (voter: ReleasedVoter) => Cell;
}

export const voterColumns: readonly VoterColumn[] = [
  {
    name: "voter",
    description: "The voter's pseudonym, as in the trials.",
    type: "text",
    nullable: false,
    value: ({ number }) => pseudonymOf(number),
  },
  {
    name: "number",
    description: "The voter's number, from 0 in order of arrival; numbers of voters who withdrew are missing.",
    type: "integer",
    nullable: false,
    value: ({ number }) => number,
  },
  {
    name: "items",
    description: "Indices of the images that the server assigned, a JSON list; empty if the design assigns them.",
    type: "list",
    nullable: true,
    value: ({ items }) => items,
  },
  {
    name: "finished",
    description: "Whether the voter has finished the session.",
    type: "boolean",
    nullable: false,
    value: ({ finished }) => finished,
  },
  {
    name: "insider",
    description: "Whether the voter could inspect the study; insiders' votes do not count as planned.",
    type: "boolean",
    nullable: false,
    value: ({ insider }) => insider,
  },
  {
    name: "language",
    description: "The language of the voter's session.",
    type: "text",
    nullable: false,
    value: ({ language }) => language,
  },
  {
    name: "consent_version",
    description: "The version of the consent that the voter accepted.",
    type: "integer",
    nullable: false,
    value: ({ consentVersion }) => consentVersion,
  },
  {
    name: "still",
    description: "Whether the voter saw the still version: images until the answer, without mask, instead of the plan's timing.",
    type: "boolean",
    nullable: false,
    value: ({ still }) => still,
  },
];

/** @throws AppError CORRUPT_DATA for a voter who has not accepted the plan's consent, in one of its languages. */
export function checkConsents({ consent, languages }: StudyPlan, voters: readonly ReleasedVoter[]): void {
  for (const { number, language, consentVersion } of voters) {
    if (consentVersion !== consent.version)
      throw new AppError("CORRUPT_DATA", `${pseudonymOf(number)} has not accepted version ${consent.version} of the consent.`);
    if (!languages.includes(language))
      throw new AppError(
        "CORRUPT_DATA",
        `The study is not offered in ${JSON.stringify(language)}, the language of ${pseudonymOf(number)}.`,
      );
  }
}
