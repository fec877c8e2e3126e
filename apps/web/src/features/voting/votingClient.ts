/**
 * What the pages for voters need from the API. They use only this interface, so the outbox and the session are tested against a
 * client that loses answers on purpose.
 */
import { outdatedCode } from "../../graphql/persistedOperation.ts";
import type { Ballot, BallotTrial, BallotVoter } from "./ballot.ts";

export type VoteAnswer =
  | { readonly choice: number }
  | { readonly text: string }
  | { readonly ratings: number[] }
  | { readonly cantTell: true }
  | { readonly skipped: true }
  | { readonly timedOut: true };

/** What was on the screen in one presentation of a trial, from the timestamps of its frames. */
export interface PresentationTiming {
  /** From the first frame of the image to the first frame without it, or to the answer. */
  readonly shownMs: number;
  /** The same of the mask; 0 without one. */
  readonly maskMs: number;
  /** Frames that the browser drew while the image was shown. */
  readonly frames: number;
  /** Frames of the screen in that time for which the browser drew nothing new. */
  readonly droppedFrames: number;
  /** Frames a second, measured before the first trial. */
  readonly refreshHz: number;
  /** The study's duration of the image; 0: until the answer. */
  readonly requestedMs: number;
}

interface VoteTiming extends PresentationTiming {
  /** Presentations of the trial whose image was shown, on this device. */
  readonly presentations: number;
}

export interface CastVote {
  readonly trial: number;
  /** A UUID. The API counts the first submission of a trial, however often it arrives. */
  readonly submissionId: string;
  readonly answer: VoteAnswer;
  /** From the first frame of the image to the answer, in milliseconds. */
  readonly responseMs: number;
  readonly timing: VoteTiming;
  /** ISO 8601, of the voter's clock. */
  readonly votedAt: string;
}

/** The voter's screen, as recorded with the consent. */
export interface VoterScreen {
  readonly refreshHz: number;
  readonly steady: boolean;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
  readonly touch: boolean;
}

export interface JoinRequest {
  readonly language: string;
  readonly consentVersion: number;
  /** Whether the voter chose the still version. */
  readonly still: boolean;
  readonly screen: VoterScreen;
  /** A UUID, as secret as the session: a repeated request gets the same session. */
  readonly idempotencyKey: string;
}

interface Joined {
  readonly ballot: Ballot;
  /** Null for a member who had joined before. */
  readonly session: string | null;
  readonly withdrawalCode: string | null;
}

interface CastResult {
  readonly voter: BallotVoter;
  /** The trials whose submission counts. Another submission of the other ones was there before. */
  readonly recorded: readonly number[];
  /** The trials whose votes were cast after the study closed. They do not count. */
  readonly tooLate: readonly number[];
}

/** Codes of the API, and NO_ANSWER for a request without a response. */
export class VotingError extends Error {
  override readonly name = "VotingError";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const temporary = new Set(["NO_ANSWER", "UNAVAILABLE", "RATE_LIMITED", "TOO_EXPENSIVE", "INTERNAL", outdatedCode]);

/** Whether the same request may succeed later; on an outdated page, after a reload. */
export function isTemporary(error: unknown): boolean {
  return !(error instanceof VotingError) || temporary.has(error.code);
}

export function codeOf(error: unknown): string {
  return error instanceof VotingError ? error.code : "INTERNAL";
}

/** Withdraws the votes of the session, or those of the person with the code. */
type WithdrawalProof = { readonly session: string | null } | { readonly code: string };

/** Every method throws `VotingError`. The study is the client's own. */
export interface VotingClient {
  /** Null if there is no such study. */
  readBallot(session: string | null): Promise<Ballot | null>;
  /** About the bytes of the images of a session; null if they cannot be read now. */
  readWeight(): Promise<number | null>;
  join(request: JoinRequest): Promise<Joined>;
  /** The trials from number `from` on, at most 100. */
  readTrials(session: string | null, from: number, count: number): Promise<readonly BallotTrial[]>;
  /** At most 100 votes, recorded in order. */
  cast(session: string | null, votes: readonly CastVote[]): Promise<CastResult>;
  /** Only the latest vote can be undone. `undoneAt` is a time in ISO 8601 of the voter's clock. */
  undo(session: string | null, undo: { readonly trial: number; readonly undoneAt: string }): Promise<BallotVoter>;
  finish(session: string | null): Promise<BallotVoter>;
  /** The number of votes removed. */
  withdraw(proof: WithdrawalProof): Promise<number>;
}
