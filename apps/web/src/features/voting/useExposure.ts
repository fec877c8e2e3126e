"use client";
/**
 * Runs the exposure of one trial on the browser's animation frames. The phase is written to the element's `data-phase` in the frame in which
 * it starts, and the keys below are enabled in the frame from which the voter may answer; rendering by React could come frames later.
 */
import { type RefObject, useEffect, useRef } from "react";
import { advance, answerableSince, type Exposure, isTimeUp, phaseOf, startExposure } from "./exposureRecord.ts";
import type { FramePlan } from "./framePlan.ts";

interface ExposureRun {
  readonly plan: FramePlan;
  /** Whether every image of the trial is decoded. */
  readonly ready: boolean;
  /** The style sheet shows and hides images and mask by this element's `data-phase`. */
  readonly element: RefObject<HTMLElement | null>;
  /** The image appears in this frame. */
  readonly onImage: () => void;
  readonly onTimeUp: (timestamp: number) => void;
}

/** The exposure so far. A new trial needs a new component. */
export function useExposure({ plan, ready, element, onImage, onTimeUp }: ExposureRun): RefObject<Exposure> {
  const exposure = useRef<Exposure>(startExposure(plan));
  const events = useRef({ onImage, onTimeUp });
  events.current = { onImage, onTimeUp };
  useEffect(() => {
    if (!ready) return;
    let frame = 0;
    exposure.current = startExposure(exposure.current.plan);
    const step = (timestamp: number) => {
      const before = phaseOf(exposure.current);
      exposure.current = advance(exposure.current, timestamp);
      const phase = phaseOf(exposure.current) ?? "blank";
      const target = element.current;
      if (target !== null && target.dataset["phase"] !== phase) {
        target.dataset["phase"] = phase;
        const disabled = String(answerableSince(exposure.current) === null);
        for (const keys of target.querySelectorAll("[data-keys]")) keys.setAttribute("aria-disabled", disabled);
      }
      if (phase === "image" && before !== "image") events.current.onImage();
      if (isTimeUp(exposure.current, timestamp)) events.current.onTimeUp(timestamp);
      else frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [ready, element]);
  return exposure;
}
