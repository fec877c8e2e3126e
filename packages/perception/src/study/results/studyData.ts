/** What the results of a study are computed from: its plan, images, voters and votes. Voters who withdrew are never among them. */
import type { CodedText } from "../../coding/textCodes.ts";
import type { StudyPlan } from "../studyPlan.ts";

/** A counted image, in the order of the design's stimuli. */
export interface StudyImage {
  /** The machine's confidence in the image's label on its stored bytes, from 0 to 1; null if there is none, as for photographs. */
  readonly confidence: number | null;
  /** The kind of image, such as "cppn", "direct" or "photograph". */
  readonly source: string;
  /** The name of the network whose label it is; null or missing without one. Results compare groups of images by it. */
  readonly model?: string | null;
  /** The generation of the elite that it shows, from 0; null or missing for other images. */
  readonly generation?: number | null;
  /** Other networks that have scored the image, and whether each gives it the same label. */
  readonly networks?: readonly NetworkAnswer[];
}

export interface NetworkAnswer {
  /** The network's name. */
  readonly model: string;
  readonly agrees: boolean;
}

export interface StudyVoter {
  /** The voter's number in the study, from 0. */
  readonly number: number;
  /** Indices of the images that the server assigned to the voter; null for the design's own assignment. */
  readonly items: readonly number[] | null;
  /** Whether the voter has finished the session. */
  readonly finished: boolean;
  /** Whether the voter's role allows to inspect the study. */
  readonly insider: boolean;
  /** Whether the voter saw the still version. */
  readonly still: boolean;
}

/** What was really on the screen; null if it was not measured. */
export interface VoteTiming {
  /** Milliseconds. */
  readonly requestedMs: number | null;
  readonly shownMs: number | null;
  readonly maskMs: number | null;
  readonly frames: number | null;
  readonly droppedFrames: number | null;
  /** How often the trial was shown from its start: more than once after a reload or an undo. */
  readonly presentations: number | null;
  /** Refresh rate of the voter's screen. */
  readonly refreshHz: number | null;
}

const measures = [
  "requestedMs",
  "shownMs",
  "maskMs",
  "frames",
  "droppedFrames",
  "presentations",
  "refreshHz",
] as const satisfies readonly (keyof VoteTiming)[];

/** The measured times that a vote was stored with; null for those that are missing. */
export function readTiming(stored: unknown): VoteTiming | null {
  if (typeof stored !== "object" || stored === null) return null;
  const given = stored as Readonly<Record<string, unknown>>;
  const value = (name: string): number | null => (typeof given[name] === "number" ? given[name] : null);
  return Object.fromEntries(measures.map((name) => [name, value(name)])) as unknown as VoteTiming;
}

export interface StudyVote {
  /** The voter's number. */
  readonly voter: number;
  /** The trial's place in the voter's session, from 0. */
  readonly trial: number;
  /** The stored answer, as `readAnswer` accepts it; null for a skipped trial. */
  readonly answer: unknown;
  /** Whether there is no answer because the time for it ended; otherwise the voter skipped the trial. */
  readonly timedOut: boolean;
  /** Milliseconds; null if not recorded. */
  readonly responseMs: number | null;
  readonly timing: VoteTiming | null;
}

export interface StudyData {
  readonly plan: StudyPlan;
  readonly images: readonly StudyImage[];
  /** In any order; numbers are distinct, and may have gaps. */
  readonly voters: readonly StudyVoter[];
  /** In any order; at most one for each trial of a voter. */
  readonly votes: readonly StudyVote[];
  /** Texts whose codes are revealed. Default: none. */
  readonly coded?: readonly CodedText[];
}
