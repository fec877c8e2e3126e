/** Timed exposure: whole frames, dropped frames, what was really on the screen, and the measured refresh rate. */
import { describe, expect, it } from "vitest";
import {
  advance,
  answerableSince,
  type Exposure,
  isTimeUp,
  onsetOf,
  phaseOf,
  startExposure,
  timingOf,
} from "../../../../apps/web/src/features/voting/exposureRecord.ts";
import { canHold, framesOf, phasesOf, planFrames } from "../../../../apps/web/src/features/voting/framePlan.ts";
import { refreshRateOf } from "../../../../apps/web/src/features/voting/measureRefreshRate.ts";

const frame60 = 1000 / 60;
const frame120 = 1000 / 120;
const frame144 = 1000 / 144;

/** The exposure after frames at these multiples of the frame's duration. */
function play(exposure: Exposure, frameMs: number, frames: readonly number[], start = 1_000): Exposure {
  return frames.reduce((played, frame) => advance(played, start + frame * frameMs), exposure);
}

const upTo = (last: number) => Array.from({ length: last + 1 }, (_, frame) => frame);

const times = (count: number, phase: string) => Array.from({ length: count }, () => phase);

describe("the plan of a trial", () => {
  // Elsayed et al. (2018) showed images for 63 ms or 71 ms; 63 ms are 3.78 frames at 60 Hz, 7.56 at 120 Hz and 9.07 at 144 Hz.
  it.each([
    [63, frame60, 4],
    [71, frame60, 4],
    [63, frame120, 8],
    [63, frame144, 9],
    [5, frame60, 1],
    [0, frame60, 0],
    [500, frame60, 30],
  ])("shows %d ms for whole frames of %f ms", (milliseconds, frameMs, frames) => {
    expect(framesOf(milliseconds, frameMs)).toBe(frames);
  });

  it("leaves out phases without duration, and a mask over an image that stays", () => {
    expect(phasesOf(planFrames({ blankMs: 500, imageMs: 0, maskMs: 200, answerMs: 0 }, frame60))).toEqual(["blank", "image"]);
    expect(phasesOf(planFrames({ blankMs: 0, imageMs: 63, maskMs: 0, answerMs: 0 }, frame60))).toEqual(["image", "answer"]);
    expect(phasesOf(planFrames({ blankMs: 500, imageMs: 63, maskMs: 200, answerMs: 0 }, frame60))).toEqual([
      "blank",
      "image",
      "mask",
      "answer",
    ]);
  });
});

describe("a screen", () => {
  const timings = (imageMs: number, maskMs = 0) => [{ blankMs: 500, imageMs, maskMs, answerMs: 0 }];
  it.each([
    ["63 ms at 60 Hz", timings(63), { frameMs: frame60, hz: 60, steady: true }, true],
    ["63 ms at an unsteady 60 Hz", timings(63), { frameMs: frame60, hz: 60, steady: false }, false],
    ["images that stay at an unsteady rate", timings(0), { frameMs: frame60, hz: 60, steady: false }, true],
    // A frame at 20 Hz takes 50 ms.
    ["63 ms at 20 Hz", timings(63), { frameMs: 50, hz: 20, steady: true }, true],
    ["30 ms at 20 Hz", timings(30), { frameMs: 50, hz: 20, steady: true }, false],
    ["a mask of 30 ms at 20 Hz", timings(100, 30), { frameMs: 50, hz: 20, steady: true }, false],
  ])("holds the timing within a quarter or not: %s", (_, timing, refresh, holds) => {
    expect(canHold(timing, refresh)).toBe(holds);
  });
});

describe("an exposure", () => {
  const timed = planFrames({ blankMs: 50, imageMs: 100, maskMs: 50, answerMs: 0 }, frame60);

  it("changes phases after their planned frames", () => {
    const phases = upTo(12).map((last) => phaseOf(play(startExposure(timed), frame60, upTo(last))));
    expect(phases).toEqual([...times(3, "blank"), ...times(6, "image"), ...times(3, "mask"), "answer"]);
  });

  it("records the frames and the milliseconds of image and mask", () => {
    const played = play(startExposure(timed), frame60, upTo(40));
    const timing = timingOf(played, 5_000);
    expect(timing).toMatchObject({ frames: 6, droppedFrames: 0, requestedMs: 100 });
    expect(timing.shownMs).toBeCloseTo(100, 9);
    expect(timing.maskMs).toBeCloseTo(50, 9);
    expect(timing.refreshHz).toBeCloseTo(60, 9);
    expect(onsetOf(played)).toBeCloseTo(1_050, 9);
    expect(answerableSince(played)).toBeCloseTo(1_200, 9);
  });

  it("does not prolong a phase by a frame that is dropped inside it", () => {
    // Frames 5 and 6 are missing; the image starts at frame 3 and ends at frame 9.
    const timing = timingOf(play(startExposure(timed), frame60, [0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 12]), 5_000);
    expect(timing).toMatchObject({ frames: 4, droppedFrames: 2 });
    expect(timing.shownMs).toBeCloseTo(100, 9);
  });

  it("records the longer time of an image whose end was dropped", () => {
    // The mask was due at frame 9 and came with frame 11.
    const timing = timingOf(play(startExposure(timed), frame60, [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14]), 5_000);
    expect(timing).toMatchObject({ frames: 6, droppedFrames: 2 });
    expect(timing.shownMs).toBeCloseTo(8 * frame60, 9);
  });

  it("counts frames right although timestamps jitter", () => {
    const jittered = upTo(12).map((frame) => frame + (frame % 2 === 0 ? 0.2 : -0.2));
    expect(timingOf(play(startExposure(timed), frame60, jittered), 5_000)).toMatchObject({ frames: 6, droppedFrames: 0 });
  });

  it("shows an image without a duration until the answer", () => {
    const plan = planFrames({ blankMs: 50, imageMs: 0, maskMs: 0, answerMs: 0 }, frame60);
    const played = play(startExposure(plan), frame60, upTo(63));
    expect(phaseOf(played)).toBe("image");
    const timing = timingOf(played, 1_000 + 63.5 * frame60);
    expect(timing).toMatchObject({ frames: 61, droppedFrames: 0, requestedMs: 0 });
    expect(timing.shownMs).toBeCloseTo(60.5 * frame60, 9);
  });

  it("cannot be answered before the answer's phase", () => {
    expect(answerableSince(play(startExposure(timed), frame60, upTo(11)))).toBeNull();
    expect(onsetOf(play(startExposure(timed), frame60, upTo(2)))).toBeNull();
  });

  it("limits the time from the moment the voter may answer", () => {
    const plan = planFrames({ blankMs: 50, imageMs: 100, maskMs: 50, answerMs: 2_000 }, frame60);
    const played = play(startExposure(plan), frame60, upTo(20));
    expect(isTimeUp(played, 1_200 + 1_999)).toBe(false);
    expect(isTimeUp(played, 1_200 + 2_001)).toBe(true);
    expect(isTimeUp(play(startExposure(timed), frame60, upTo(20)), 1_000_000)).toBe(false);
  });
});

describe("the refresh rate", () => {
  const timestamps = (frameMs: number, count: number) => upTo(count).map((frame) => frame * frameMs);

  it.each([60, 75, 120, 144])("is measured at %d Hz", (hz) => {
    const rate = refreshRateOf(timestamps(1000 / hz, 60));
    expect(rate.hz).toBeCloseTo(hz, 6);
    expect(rate.steady).toBe(true);
  });

  it("ignores a few dropped frames, and reports many", () => {
    const some = timestamps(frame60, 60).filter((_, frame) => frame !== 20 && frame !== 40);
    expect(refreshRateOf(some)).toMatchObject({ steady: true });
    const many = timestamps(frame60, 60).filter((_, frame) => frame % 5 !== 0);
    expect(refreshRateOf(many).hz).toBeCloseTo(60, 6);
    expect(refreshRateOf(many).steady).toBe(false);
  });

  it("is assumed to be 60 Hz and unsteady if no frame was drawn", () => {
    expect(refreshRateOf([])).toEqual({ frameMs: frame60, hz: 60, steady: false });
  });
});
