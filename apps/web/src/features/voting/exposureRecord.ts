/**
 * Follows one trial frame by frame: which phase each animation frame starts, and what was really on the screen. What a callback draws
 * appears one refresh after it for every phase alike, so differences of the callbacks' timestamps are the durations on the screen.
 */
import { type ExposurePhase, type FramePlan, framesOfPhase, phasesOf } from "./framePlan.ts";
import type { PresentationTiming } from "./votingClient.ts";

interface PhaseRecord {
  readonly phase: ExposurePhase;
  /** The first frame of the phase. */
  readonly startedAt: number;
  /** The latest frame of the phase. */
  readonly lastFrameAt: number;
  /** Frames that the browser drew in the phase. */
  readonly frames: number;
  /** The first frame of the next phase; null while the phase lasts. */
  readonly endedAt: number | null;
}

export interface Exposure {
  readonly plan: FramePlan;
  readonly records: readonly PhaseRecord[];
}

export function startExposure(plan: FramePlan): Exposure {
  return { plan, records: [] };
}

/** The phase on the screen; null before the first frame. */
export function phaseOf({ records }: Exposure): ExposurePhase | null {
  return records.at(-1)?.phase ?? null;
}

/** When the image appeared: the timestamp of its first frame; null before. */
export function onsetOf({ records }: Exposure): number | null {
  return records.find(({ phase }) => phase === "image")?.startedAt ?? null;
}

/** When the voter could first answer; null before. */
export function answerableSince({ plan, records }: Exposure): number | null {
  const phase = plan.imageFrames === null ? "image" : "answer";
  return records.find((record) => record.phase === phase)?.startedAt ?? null;
}

/** Whether the time for the answer is over. */
export function isTimeUp(exposure: Exposure, timestamp: number): boolean {
  const since = answerableSince(exposure);
  return exposure.plan.answerMs !== null && since !== null && timestamp - since >= exposure.plan.answerMs;
}

function begin(phase: ExposurePhase, timestamp: number): PhaseRecord {
  return { phase, startedAt: timestamp, lastFrameAt: timestamp, frames: 1, endedAt: null };
}

/**
 * The exposure after an animation frame. A phase ends at the frame whose timestamp is its planned number of frames after the first one,
 * so frames that the browser misses do not prolong it, unless the next phase was due in them.
 */
export function advance(exposure: Exposure, timestamp: number): Exposure {
  const { plan, records } = exposure;
  const phases = phasesOf(plan);
  const current = records.at(-1);
  if (current === undefined) return { plan, records: [begin(phases[0] as ExposurePhase, timestamp)] };
  const planned = framesOfPhase(plan, current.phase);
  const elapsed = Math.round((timestamp - current.startedAt) / plan.frameMs);
  const next = phases[phases.indexOf(current.phase) + 1];
  const rest = records.slice(0, -1);
  if (planned === null || elapsed < planned || next === undefined)
    return { plan, records: [...rest, { ...current, lastFrameAt: timestamp, frames: current.frames + 1 }] };
  return { plan, records: [...rest, { ...current, endedAt: timestamp }, begin(next, timestamp)] };
}

/**
 * What the voter saw, for the vote. An image that is still on the screen ends with the answer.
 * @param answeredAt On the clock of the frames.
 */
export function timingOf({ plan, records }: Exposure, answeredAt: number): PresentationTiming {
  const durationOf = (record: PhaseRecord | undefined) =>
    record === undefined ? 0 : Math.max(0, (record.endedAt ?? Math.max(answeredAt, record.lastFrameAt)) - record.startedAt);
  const image = records.find(({ phase }) => phase === "image");
  const drawn = image?.frames ?? 0;
  // An image that ends with the answer ends within a frame: count only up to the last one drawn.
  const counted = image === undefined ? 0 : (image.endedAt ?? image.lastFrameAt + plan.frameMs) - image.startedAt;
  return {
    shownMs: durationOf(image),
    maskMs: durationOf(records.find(({ phase }) => phase === "mask")),
    frames: drawn,
    droppedFrames: Math.max(0, Math.round(counted / plan.frameMs) - drawn),
    refreshHz: 1000 / plan.frameMs,
    requestedMs: plan.requestedMs,
  };
}
