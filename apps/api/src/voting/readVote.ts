/** Reads votes from voters' browsers. What a browser says about times is checked for its shape and range only: it cannot be proven. */
import { AppError } from "@pareidolia/core/appError";
import { agreesWithLabel, readAnswer } from "@pareidolia/perception/protocols/registry";
import type { Answer } from "@pareidolia/perception/protocols/screen";
import type { Trial } from "@pareidolia/perception/trials/trial";
import type { NewVote } from "@pareidolia/persistence/studies/voting/castVote";
import type { VoterRecord } from "@pareidolia/persistence/studies/voting/readVoters";
import { isStorable } from "../text.ts";
import { storedRoles } from "./sessionWeight.ts";
import type { ShelvedStudy } from "./studyShelf.ts";
import type { ScreenInput, VoteAnswerInput, VoteInput, VoteTimingInput } from "./voting.input.ts";

export interface Range {
  readonly least: number;
  readonly most: number;
}

const day = 86_400_000;
/** Longer than any pause before an answer, in milliseconds. */
const responseRange: Range = { least: 0, most: 7 * day };
const millisecondsRange: Range = { least: 0, most: day };
const framesRange: Range = { least: 0, most: 10_000_000 };
const presentationsRange: Range = { least: 0, most: 1_000_000 };
const refreshRange: Range = { least: 1, most: 1_000 };

const timingRanges: { readonly [Name in keyof VoteTimingInput]-?: Range } = {
  shownMs: millisecondsRange,
  maskMs: millisecondsRange,
  requestedMs: millisecondsRange,
  frames: framesRange,
  droppedFrames: framesRange,
  presentations: presentationsRange,
  refreshHz: refreshRange,
};

const pixels: Range = { least: 1, most: 100_000 };
const screenRanges = { refreshHz: refreshRange, width: pixels, height: pixels, pixelRatio: { least: 0.1, most: 20 } } as const;

function refuse(message: string, field: string): never {
  throw new AppError("INVALID_INPUT", message, { field });
}

/** Only the numbers that were sent. */
function readNumbers<Name extends string>(
  given: { readonly [Each in NoInfer<Name>]?: number | null | undefined },
  ranges: Readonly<Record<Name, Range>>,
  field: string,
): Record<string, number> {
  const read: Record<string, number> = {};
  for (const [name, { least, most }] of Object.entries<Range>(ranges)) {
    const value = given[name as Name];
    if (value == null) continue;
    if (!(value >= least && value <= most)) refuse(`This must be from ${least} to ${most}.`, `${field}.${name}`);
    read[name] = value;
  }
  return read;
}

export function readScreen(given: ScreenInput | null | undefined): Record<string, number | boolean> | null {
  if (given == null) return null;
  const { steady, touch } = given;
  return {
    ...readNumbers(given, screenRanges, "input.screen"),
    ...(steady == null ? {} : { steady }),
    ...(touch == null ? {} : { touch }),
  };
}

/** Null for a skipped trial, and for one whose time ended. */
function readGiven(given: VoteAnswerInput, { plan }: ShelvedStudy, trial: Trial, field: string): Answer | null {
  const { choice, text, ratings, cantTell, skipped, timedOut } = given;
  const parts = [choice != null, text != null, ratings != null, cantTell === true, skipped === true, timedOut === true].filter(
    Boolean,
  ).length;
  if (parts !== 1) refuse("An answer has exactly one of choice, text, ratings, cantTell, skipped and timedOut.", field);
  const { protocol, timing } = plan.rules.design.phases[trial.phase] as (typeof plan.rules.design.phases)[number];
  if (timedOut === true && timing.answerMs === 0) refuse("This question has no time limit. Send skipped instead.", `${field}.timedOut`);
  if (skipped === true || timedOut === true) return null;
  if (text != null && !isStorable(text)) refuse("The text contains a character that cannot be stored.", `${field}.text`);
  const sent = cantTell === true ? { cantTell } : choice != null ? { choice } : text != null ? { text } : { ratings };
  try {
    return readAnswer(protocol, trial.screen, sent);
  } catch (error) {
    if (!(error instanceof AppError) || error.field === undefined) throw error;
    throw new AppError(error.code, error.message, { field: `${field}.${error.field}`, cause: error });
  }
}

/** The clock of a voter's device may be wrong by up to a day. */
export function checkVoterTime(time: Date, { joinedAt }: VoterRecord, field: string): void {
  if (time.getTime() < joinedAt.getTime() - day) refuse("This is older than the session. Check the clock of your device.", field);
  if (time.getTime() > Date.now() + day) refuse("This is from the future. Check the clock of your device.", field);
}

const formOfSubmission = /^[\w-]{1,64}$/;

interface Ballot {
  readonly study: ShelvedStudy;
  readonly voter: VoterRecord;
  readonly trials: readonly Trial[];
}

/** @throws AppError INVALID_INPUT naming the field below `field`. */
export function readVote({ study, voter, trials }: Ballot, given: VoteInput, field: string): NewVote {
  const trial = trials[given.trial];
  if (trial === undefined) refuse(`The voter has trials from 0 to ${trials.length - 1}.`, `${field}.trial`);
  if (!formOfSubmission.test(given.submissionId))
    refuse("The ID of a submission has 1 to 64 letters, digits, - and _.", `${field}.submissionId`);
  checkVoterTime(given.votedAt, voter, `${field}.votedAt`);
  const answer = readGiven(given.answer, study, trial, `${field}.answer`);
  const { protocol } = study.plan.rules.design.phases[trial.phase] as (typeof study.plan.rules.design.phases)[number];
  const { responseMs = null } = readNumbers(given, { responseMs: responseRange }, field) as { readonly responseMs?: number };
  return {
    voterId: voter.id,
    trial: trial.number,
    role: storedRoles[trial.role],
    item: trial.item,
    repeated: trial.role === "repeat",
    submissionId: given.submissionId,
    answer,
    timedOut: given.answer.timedOut === true,
    agrees: answer === null ? null : agreesWithLabel(protocol, trial, answer),
    responseMs,
    timing: given.timing == null ? null : readNumbers(given.timing, timingRanges, `${field}.timing`),
    votedAt: given.votedAt,
  };
}
