/** How long a voter's session takes, for the cost of a plan and for its consent. */
import type { Phase } from "./design.ts";
import type { Timing } from "./timing.ts";
import type { Trial } from "./trial.ts";

/** Assumed time to look and answer where the study sets no limit, in milliseconds. */
const usualAnswerMs = 4_000;

/** The assumed length of one trial, in milliseconds. */
export function trialMs({ blankMs, imageMs, maskMs, answerMs }: Timing): number {
  return blankMs + imageMs + maskMs + (answerMs === 0 ? usualAnswerMs : Math.min(answerMs, usualAnswerMs));
}

/** The assumed length of these trials, in milliseconds. */
export function sessionMs(phases: readonly Pick<Phase, "timing">[], trials: readonly Pick<Trial, "phase">[]): number {
  return trials.reduce((sum, { phase }) => sum + trialMs((phases[phase] as Pick<Phase, "timing">).timing), 0);
}

/** Whole minutes, at least 1. With several phases, each is taken to have the same number of trials. */
export function minutesOf({ trialCount, timing }: { readonly trialCount: number; readonly timing: readonly Timing[] }): number {
  const mean = timing.length === 0 ? usualAnswerMs : timing.reduce((sum, each) => sum + trialMs(each), 0) / timing.length;
  return Math.max(1, Math.round((trialCount * mean) / 60_000));
}
