/** The course of one trial in whole frames of the voter's screen: a blank screen, the image, a mask, the answer. */
import type { BallotTiming } from "./ballot.ts";
import type { RefreshRate } from "./measureRefreshRate.ts";

export type ExposurePhase = "blank" | "image" | "mask" | "answer";

export interface FramePlan {
  /** Duration of a frame in milliseconds. */
  readonly frameMs: number;
  readonly blankFrames: number;
  /** Null: until the answer. */
  readonly imageFrames: number | null;
  readonly maskFrames: number;
  /** From the moment the voter may answer, in milliseconds; null: no limit. */
  readonly answerMs: number | null;
  /** The study's duration of the image; 0: until the answer. */
  readonly requestedMs: number;
}

/** The nearest number of whole frames; at least one for a duration above 0. */
export function framesOf(milliseconds: number, frameMs: number): number {
  return milliseconds <= 0 ? 0 : Math.max(1, Math.round(milliseconds / frameMs));
}

/** By how much of its duration a brief image or mask may be too long or too short on a screen. */
const tolerance = 0.25;

/** Whether a screen can show the brief images and masks of a study for about the planned times. */
export function canHold(timings: readonly BallotTiming[], { frameMs, steady }: RefreshRate): boolean {
  const brief = timings.flatMap(({ imageMs, maskMs }) => [imageMs, maskMs]).filter((milliseconds) => milliseconds > 0);
  return brief.length === 0 || (steady && brief.every((each) => Math.abs(framesOf(each, frameMs) * frameMs - each) <= tolerance * each));
}

/** A mask follows only an image that ends before the answer. */
export function planFrames(timing: BallotTiming, frameMs: number): FramePlan {
  const untilAnswer = timing.imageMs === 0;
  return {
    frameMs,
    blankFrames: framesOf(timing.blankMs, frameMs),
    imageFrames: untilAnswer ? null : framesOf(timing.imageMs, frameMs),
    maskFrames: untilAnswer ? 0 : framesOf(timing.maskMs, frameMs),
    answerMs: timing.answerMs === 0 ? null : timing.answerMs,
    requestedMs: timing.imageMs,
  };
}

/** The phases that last at least one frame, in order. */
export function phasesOf({ blankFrames, imageFrames, maskFrames }: FramePlan): readonly ExposurePhase[] {
  return [
    ...(blankFrames > 0 ? (["blank"] as const) : []),
    "image",
    ...(maskFrames > 0 ? (["mask"] as const) : []),
    ...(imageFrames === null ? [] : (["answer"] as const)),
  ];
}

/** Frames of a phase; null for the phase in which the voter answers. */
export function framesOfPhase(plan: FramePlan, phase: ExposurePhase): number | null {
  if (phase === "blank") return plan.blankFrames;
  if (phase === "image") return plan.imageFrames;
  return phase === "mask" ? plan.maskFrames : null;
}
