/** What voters may know: a study's ballot, a voter's progress, and the screens of trials. Labels, roles and targets of images stay here. */

import { type QuestionFraming, type QuestionKind, questionOf } from "@pareidolia/perception/protocols/question";
import { phaseTextsIn } from "@pareidolia/perception/study/phaseTexts";
import { pseudonymOf } from "@pareidolia/perception/study/pseudonym";
import { imagesFlash, stillTiming } from "@pareidolia/perception/study/stillVersion";
import type { Timing } from "@pareidolia/perception/trials/timing";
import type { Trial } from "@pareidolia/perception/trials/trial";
import type { BallotStudyRecord, VoterRecord } from "@pareidolia/persistence/studies/voting/readVoters";
import { studyKey } from "../globalId/globalId.ts";
import { writeImageAddress } from "./imageAddress.ts";
import { storedRoles } from "./sessionWeight.ts";
import type { ShelvedStudy } from "./studyShelf.ts";
import type { VoterImage } from "./voterImages.ts";

/** Trials in one list. */
export const maxTrials = 100;

/** An image as one voter knows it. */
export interface ShownImage {
  readonly url: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

export interface BallotView {
  /** For the resolvers; no field shows it. */
  readonly shelved: ShelvedStudy;
  readonly studyKey: string;
  readonly title: string;
  readonly workspaceName: string;
  readonly state: string;
  readonly languages: readonly string[];
  readonly consent: {
    readonly version: number;
    readonly minimumAge: number | null;
    readonly texts: readonly { readonly language: string; readonly introduction: string; readonly instructions: readonly string[] }[];
  };
  readonly trialCount: number;
  readonly imagesFlash: boolean;
  readonly offersStill: boolean;
  readonly timing: readonly Timing[];
  readonly voter: VoterView | null;
}

export interface VoterView {
  /** For the resolvers; no field shows it. */
  readonly origin: { readonly voter: VoterRecord; readonly study: ShelvedStudy; readonly answered: ReadonlySet<number> };
  readonly pseudonym: string;
  readonly language: string;
  readonly still: boolean;
  readonly answered: number;
  readonly total: number;
  readonly finishedAt: Date | null;
  readonly placeLost: boolean;
  /** The first trial that is neither answered nor skipped. */
  readonly nextTrial: number | null;
}

export interface TrialView {
  readonly number: number;
  /** From 0. */
  readonly phase: number;
  readonly question: {
    readonly kind: QuestionKind;
    readonly framing: QuestionFraming | null;
    readonly label: string | null;
    readonly wording: string | null;
    readonly cantTell: boolean;
    readonly levels: number | null;
    readonly maximumLength: number | null;
  };
  readonly images: readonly ShownImage[];
  readonly options: readonly string[];
  readonly exemplars: readonly ShownImage[];
  readonly timing: Timing;
  readonly answered: boolean;
}

export function ballotOf(record: BallotStudyRecord, shelved: ShelvedStudy, voter: VoterView | null): BallotView {
  const { plan, usualTrials } = shelved;
  const { consent, languages, rules } = plan;
  const { phases } = rules.design;
  const isStill = voter?.still === true;
  return {
    shelved,
    studyKey: studyKey(record.number),
    title: record.title,
    workspaceName: record.workspaceName,
    state: record.state,
    languages,
    consent: {
      version: consent.version,
      minimumAge: consent.minimumAge,
      texts: Object.entries(consent.texts).map(([language, texts]) => ({
        language,
        ...texts,
        instructions: phaseTextsIn(plan.phaseTexts, language, phases.length).map(({ instructions }) => instructions),
      })),
    },
    trialCount: voter?.total ?? usualTrials,
    imagesFlash: imagesFlash(phases) && !isStill,
    offersStill: plan.stillVersion !== "notOffered",
    timing: phases.map(({ timing }) => (isStill ? stillTiming(timing) : timing)),
    voter,
  };
}

export function voterOf(
  voter: VoterRecord,
  study: ShelvedStudy,
  { answeredTrials, placeLost }: { readonly answeredTrials: readonly number[]; readonly placeLost: boolean },
): VoterView {
  const answered = new Set(answeredTrials);
  let next = 0;
  while (answered.has(next)) next++;
  return {
    origin: { voter, study, answered },
    pseudonym: pseudonymOf(voter.number),
    language: voter.language,
    still: voter.still,
    answered: answered.size,
    total: voter.trialCount,
    finishedAt: voter.finishedAt,
    placeLost,
    nextTrial: next < voter.trialCount ? next : null,
  };
}

/** To a voter or a norming room. Voters who have withdrawn see no images. */
export function shownTo(
  { imageKey }: { readonly imageKey: string | null },
  { imageSecret }: ShelvedStudy,
  { shape, ...image }: VoterImage,
): ShownImage {
  const url = imageKey === null ? "" : writeImageAddress({ imageSecret, imageKey }, image);
  return { url, width: shape.width, height: shape.height };
}

export function trialOf({ voter, study, answered }: VoterView["origin"], { number, phase, role, screen }: Trial): TrialView {
  const { plan, labelPlaces, imageOf } = study;
  const { protocol, timing } = plan.rules.design.phases[phase] as (typeof plan.rules.design.phases)[number];
  const { showsOptions, ...question } = questionOf(protocol);
  const wording = phaseTextsIn(plan.phaseTexts, voter.language, plan.rules.design.phases.length)[phase]?.question ?? null;
  const names = screen.labels.map((label) => plan.labelNames[voter.language]?.[labelPlaces.get(label) ?? -1] ?? String(label));
  return {
    number,
    phase,
    question: { ...question, wording, label: showsOptions ? null : (names[0] ?? null) },
    images: screen.images.map((sha256) => shownTo(voter, study, imageOf(storedRoles[role], sha256))),
    options: showsOptions ? names : [],
    exemplars: screen.exemplars.map((sha256) => shownTo(voter, study, imageOf("EXEMPLAR", sha256))),
    timing: voter.still ? stillTiming(timing) : timing,
    answered: answered.has(number),
  };
}
