/** What voters may know: a study's ballot, a voter's progress, and the screens of trials. Labels, roles and targets of images stay here. */
import { pseudonymOf } from "@pareidolia/perception/study/pseudonym";
import { imagesFlash, stillTiming } from "@pareidolia/perception/study/stillVersion";
import type { Timing } from "@pareidolia/perception/trials/timing";
import type { Trial } from "@pareidolia/perception/trials/trial";
import type { BallotStudyRecord, VoterRecord } from "@pareidolia/persistence/voting/readVoters";
import { studyKey } from "../globalId/globalId.ts";
import { type QuestionFraming, type QuestionKind, questionOf } from "./question.ts";
import { type ShelvedStudy, type ShownImage, storedRoles } from "./studyShelf.ts";

/** Trials in one list. */
export const mostTrials = 100;

export interface BallotView {
  readonly studyKey: string;
  readonly title: string;
  readonly workspaceName: string;
  readonly state: string;
  readonly languages: readonly string[];
  readonly consent: {
    readonly version: number;
    readonly minimumAge: number | null;
    readonly texts: readonly { readonly language: string; readonly introduction: string }[];
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
  /** The first trial that is neither answered nor skipped. */
  readonly nextTrial: number | null;
}

export interface TrialView {
  readonly number: number;
  readonly question: {
    readonly kind: QuestionKind;
    readonly framing: QuestionFraming | null;
    readonly label: string | null;
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

export function ballotOf(record: BallotStudyRecord, { plan, usualTrials }: ShelvedStudy, voter: VoterView | null): BallotView {
  const { consent, languages, rules } = plan;
  const { phases } = rules.design;
  const isStill = voter?.still === true;
  return {
    studyKey: studyKey(record.number),
    title: record.title,
    workspaceName: record.workspaceName,
    state: record.state,
    languages,
    consent: {
      version: consent.version,
      minimumAge: consent.minimumAge,
      texts: Object.entries(consent.texts).map(([language, texts]) => ({ language, ...texts })),
    },
    trialCount: voter?.total ?? usualTrials,
    imagesFlash: imagesFlash(phases) && !isStill,
    offersStill: plan.stillVersion !== "notOffered",
    timing: phases.map(({ timing }) => (isStill ? stillTiming(timing) : timing)),
    voter,
  };
}

export function voterOf(voter: VoterRecord, study: ShelvedStudy, answeredTrials: readonly number[]): VoterView {
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
    nextTrial: next < voter.trialCount ? next : null,
  };
}

export function trialOf({ voter, study, answered }: VoterView["origin"], { number, phase, role, screen }: Trial): TrialView {
  const { plan, labelPlaces, imageOf } = study;
  const { protocol, timing } = plan.rules.design.phases[phase] as (typeof plan.rules.design.phases)[number];
  const { showsOptions, ...question } = questionOf(protocol);
  const names = screen.labels.map((label) => plan.labelNames[voter.language]?.[labelPlaces.get(label) ?? -1] ?? String(label));
  return {
    number,
    question: { ...question, label: showsOptions ? null : (names[0] ?? null) },
    images: screen.images.map((sha256) => imageOf(storedRoles[role], sha256)),
    options: showsOptions ? names : [],
    exemplars: screen.exemplars.map((sha256) => imageOf("EXEMPLAR", sha256)),
    timing: voter.still ? stillTiming(timing) : timing,
    answered: answered.has(number),
  };
}
