/** Joins studies, casts votes and takes them back. */
import { Extensions, Field, Float, ID, InputType, Int } from "type-graphql";
import { DateTimeScalar } from "../scalars.ts";

const studyDescription = "ID of the study, or its key such as STU-12. Members need it unless they send a session.";
const sessionDescription = "The session that `joinStudy` returned. Signed-in members may omit it and name the study instead.";
/** A rating for each label of a study. */
const maxRatings = 1_000;

@InputType("ScreenInput", { description: "The screen of a voter, as the browser measured it." })
export class ScreenInput {
  @Field(() => Float, { nullable: true, description: "Measured refresh rate, in Hz: 1 to 1,000." })
  refreshHz?: number | null;

  @Field(() => Boolean, { nullable: true, description: "Whether the refresh rate was steady while it was measured." })
  steady?: boolean | null;

  @Field(() => Int, { nullable: true, description: "Width of the page, in CSS pixels." })
  width?: number | null;

  @Field(() => Int, { nullable: true, description: "Height of the page, in CSS pixels." })
  height?: number | null;

  @Field(() => Float, { nullable: true, description: "Device pixels for each CSS pixel: 0.1 to 20." })
  pixelRatio?: number | null;

  @Field(() => Boolean, { nullable: true, description: "Whether the main pointer is a finger." })
  touch?: boolean | null;
}

@InputType("JoinStudyInput", { description: "Input of `joinStudy`." })
export class JoinStudyInput {
  @Field(() => ID, { nullable: true, description: "ID of the study, or its key such as STU-12; for members." })
  study?: string | null;

  @Field(() => String, { nullable: true, description: "The secret part of the study's link; for all others." })
  link?: string | null;

  @Field(() => String, { description: "The language in which the voter reads labels: one of the ballot's languages." })
  language!: string;

  @Field(() => Int, { description: "Version of the consent that the voter has read and accepted." })
  consentVersion!: number;

  @Field(() => Boolean, {
    nullable: true,
    description: "True for the still version, if the ballot offers it. It cannot be changed later. Default: false.",
  })
  still?: boolean | null;

  @Field(() => ScreenInput, { nullable: true, description: "The voter's screen." })
  screen?: ScreenInput | null;

  @Field(() => String, {
    nullable: true,
    description:
      "A random key, such as a UUID, of 16 to 200 characters. A second request with the same key gets the same voter, session and code. " +
      "Keep it as secret as the session.",
  })
  idempotencyKey?: string | null;
}

@InputType("VoteAnswerInput", { description: "The answer to a trial: exactly one of the fields." })
export class VoteAnswerInput {
  @Field(() => Int, { nullable: true, description: "Position of the chosen option or image, from 0. For YES_NO: 0 for yes, 1 for no." })
  choice?: number | null;

  @Field(() => String, { nullable: true, description: "The text of FREE_TEXT." })
  text?: string | null;

  @Extensions({ longest: maxRatings })
  @Field(() => [Int], { nullable: true, description: "A level for each option of RATINGS, from 0." })
  ratings?: number[] | null;

  @Field(() => Boolean, { nullable: true, description: 'True for "can\'t tell", if the question offers it.' })
  cantTell?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "True to skip the trial." })
  skipped?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "True if the time for the answer ended before the voter gave one." })
  timedOut?: boolean | null;
}

@InputType("VoteTimingInput", {
  description: "What was really on screen, as the browser measured it. Times are in milliseconds, up to a day.",
})
export class VoteTimingInput {
  @Field(() => Float, { nullable: true, description: "How long the image was on screen, in milliseconds." })
  shownMs?: number | null;

  @Field(() => Float, { nullable: true, description: "How long the mask was on screen, in milliseconds." })
  maskMs?: number | null;

  @Field(() => Float, { nullable: true, description: "How long the image should have been on screen, in milliseconds." })
  requestedMs?: number | null;

  @Field(() => Int, { nullable: true, description: "Frames in which the image was on screen." })
  frames?: number | null;

  @Field(() => Int, { nullable: true, description: "Frames that were dropped during the trial." })
  droppedFrames?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "How often the voter saw the image from the start of the trial: more than once after a reload or an undo.",
  })
  presentations?: number | null;

  @Field(() => Float, { nullable: true, description: "Refresh rate during the trial, in Hz: 1 to 1,000." })
  refreshHz?: number | null;
}

@InputType("VoteInput", { description: "The vote on one trial." })
export class VoteInput {
  @Field(() => Int, { description: "Number of the trial, from 0." })
  trial!: number;

  @Field(() => String, {
    description:
      "A new ID for each answer, such as a UUID: 1 to 64 letters, digits, - and _. After a failure, send the answer again with the same ID.",
  })
  submissionId!: string;

  @Field(() => VoteAnswerInput, { description: "What the voter chose on the screen." })
  answer!: VoteAnswerInput;

  @Field(() => Float, { nullable: true, description: "Time from the image's onset to the answer, in milliseconds." })
  responseMs?: number | null;

  @Field(() => VoteTimingInput, { nullable: true, description: "What was really on screen." })
  timing?: VoteTimingInput | null;

  @Field(() => DateTimeScalar, { description: "When the voter answered, by the clock of the voter's device." })
  votedAt!: Date;
}

@InputType("CastVoteInput", { description: "Input of `castVote`." })
export class CastVoteInput extends VoteInput {
  @Field(() => ID, { nullable: true, description: studyDescription })
  study?: string | null;

  @Field(() => String, { nullable: true, description: sessionDescription })
  session?: string | null;
}

@InputType("CastVotesInput", { description: "Input of `castVotes`." })
export class CastVotesInput {
  @Field(() => ID, { nullable: true, description: studyDescription })
  study?: string | null;

  @Field(() => String, { nullable: true, description: sessionDescription })
  session?: string | null;

  @Field(() => [VoteInput], { description: "The votes, oldest first: 1 to 100." })
  votes!: VoteInput[];
}

@InputType("UndoVoteInput", { description: "Input of `undoVote`." })
export class UndoVoteInput {
  @Field(() => ID, { nullable: true, description: studyDescription })
  study?: string | null;

  @Field(() => String, { nullable: true, description: sessionDescription })
  session?: string | null;

  @Field(() => Int, { description: "Number of the trial that the voter answered or skipped last." })
  trial!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "When the voter took the vote back, by the clock of the voter's device. Without it, the vote stays once the study has closed.",
  })
  undoneAt?: Date | null;
}

@InputType("FinishStudyInput", { description: "Input of `finishStudy`." })
export class FinishStudyInput {
  @Field(() => ID, { nullable: true, description: studyDescription })
  study?: string | null;

  @Field(() => String, { nullable: true, description: sessionDescription })
  session?: string | null;
}

@InputType("WithdrawVotesInput", {
  description: "Input of `withdrawVotes`: the code with the study's ID or link, or a session, or a signed-in member's study.",
})
export class WithdrawVotesInput {
  @Field(() => ID, { nullable: true, description: studyDescription })
  study?: string | null;

  @Field(() => String, { nullable: true, description: "The secret part of the study's link." })
  link?: string | null;

  @Field(() => String, { nullable: true, description: sessionDescription })
  session?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The code that `joinStudy` returned, such as 7KQ4 M2XP. Case and spaces do not matter.",
  })
  code?: string | null;
}
