/** The course of one trial in whole frames of the voter's screen: a blank screen, the image, a mask, the answer. */
import type { BallotTiming } from "./ballot.ts";

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
