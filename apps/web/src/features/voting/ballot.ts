/** What a voter's browser knows about a study: its consent, the voter's progress, and the trials with nothing that gives an answer away. */

export type StudyState = "DRAFT" | "OPEN" | "PAUSED" | "CLOSED" | "ARCHIVED";

export type QuestionKind = "ONE_LABEL_OF" | "ONE_IMAGE_OF" | "YES_NO" | "FREE_TEXT" | "RATINGS" | "PAIR";

/** Whether the question is about the machine's label, or about the voter's own impression. */
type QuestionFraming = "MACHINE" | "LOOKS_LIKE";

interface BallotQuestion {
  readonly kind: QuestionKind;
  /** Null for kinds without a choice. */
  readonly framing: QuestionFraming | null;
  /** The label that the question names, in the voter's language; null if it names none. */
  readonly label: string | null;
  /** The study's own wording, in which `{label}` stands for the label; null for the usual one. */
  readonly wording: string | null;
  /** Whether the voter may answer "can't tell". */
  readonly cantTell: boolean;
  /** Number of levels of a rating, from 0 to `levels` - 1; null for other questions. */
  readonly levels: number | null;
  /** Characters of a written answer; null for other questions. */
  readonly maximumLength: number | null;
}

/** Milliseconds. 0: no blank screen, the image until the answer, no mask, no limit of the answer. */
export interface BallotTiming {
  readonly blankMs: number;
  readonly imageMs: number;
  readonly maskMs: number;
  readonly answerMs: number;
}

export interface BallotImage {
  readonly url: string;
  /** Pixels of the file. */
  readonly width: number;
  readonly height: number;
}

export interface BallotTrial {
  /** From 0, in the order of the voter's session. */
  readonly number: number;
  /** From 0; each phase has its own question. */
  readonly phase: number;
  readonly question: BallotQuestion;
  /** One image, or the images to choose from, in order of position. */
  readonly images: readonly BallotImage[];
  /** The labels to choose from or to rate, in order of position and in the voter's language. */
  readonly options: readonly string[];
  /** Photographs of the question's label. */
  readonly exemplars: readonly BallotImage[];
  readonly timing: BallotTiming;
  /** Answered or skipped. */
  readonly answered: boolean;
}

/** How the voter did on photographs whose labels are known. */
export interface BallotGold {
  readonly hits: number;
  readonly trials: number;
  readonly images: readonly { readonly url: string; readonly passed: boolean }[];
}

export interface BallotVoter {
  readonly pseudonym: string;
  readonly language: string;
  /** Whether the voter sees the still version. */
  readonly still: boolean;
  /** Trials answered or skipped. */
  readonly answered: number;
  readonly total: number;
  readonly finishedAt: string | null;
  /** Whether others have taken all places since the voter's was held: no more votes are accepted. */
  readonly placeLost: boolean;
  /** The first trial without an answer; null if there is none. */
  readonly nextTrial: number | null;
  /** Null until the voter has finished, and if the study does not show it. */
  readonly gold: BallotGold | null;
}

export interface ConsentText {
  readonly language: string;
  readonly introduction: string;
  readonly kept: string;
  readonly shared: string;
  readonly withdrawal: string;
  /** Before the first trial of each phase; empty for a phase without any. */
  readonly instructions: readonly string[];
}

interface BallotConsent {
  readonly version: number;
  /** Years; null if any age may vote. */
  readonly minimumAge: number | null;
  readonly texts: readonly ConsentText[];
}

export interface Ballot {
  /** For example STU-12. */
  readonly studyKey: string;
  readonly title: string;
  readonly workspaceName: string;
  readonly state: StudyState;
  /** Language codes such as "en", the preferred one first. */
  readonly languages: readonly string[];
  readonly consent: BallotConsent;
  readonly trialCount: number;
  /** Whether images end before the answer; false for a voter of the still version. */
  readonly imagesFlash: boolean;
  /** Whether voters can choose the still version: images until the answer, without mask. */
  readonly offersStill: boolean;
  /** One of each phase. */
  readonly timing: readonly BallotTiming[];
  /** Null before joining, and for a session that is unknown or was withdrawn. */
  readonly voter: BallotVoter | null;
}
