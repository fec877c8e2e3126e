/** How long a study takes, for its consent. */
import type { Ballot, BallotTiming } from "./ballot.ts";

/** Assumed time to look and answer where the study sets no limit, in milliseconds. */
const usualAnswerMs = 4_000;

function trialMs({ blankMs, imageMs, maskMs, answerMs }: BallotTiming): number {
  return blankMs + imageMs + maskMs + (answerMs === 0 ? usualAnswerMs : Math.min(answerMs, usualAnswerMs));
}

/** Whole minutes, at least 1. With several phases each is taken to have the same number of trials. */
export function minutesOf({ trialCount, timing }: Pick<Ballot, "trialCount" | "timing">): number {
  const mean = timing.length === 0 ? usualAnswerMs : timing.reduce((sum, each) => sum + trialMs(each), 0) / timing.length;
  return Math.max(1, Math.round((trialCount * mean) / 60_000));
}
