"use client";
/** A cursor over the steps of all trajectories, stored in the URL. Null is the last step, which increases while the run computes. */
import { useQueryState } from "nuqs";
import { useCallback, useEffect, useState } from "react";
import { parseAsWholeNumber } from "../marks/wholeNumberParser.ts";

const frameMilliseconds = 90;
const framesOfFilm = 90;

export interface StepReplay {
  readonly step: number | null;
  readonly last: number;
  readonly playing: boolean;
  seek(step: number | null): void;
  togglePlaying(): void;
}

export function useStepReplay(last: number): StepReplay {
  const [requested, setRequested] = useQueryState("step", parseAsWholeNumber.withOptions({ history: "replace", throttleMs: 100 }));
  const [playing, setPlaying] = useState(false);
  const step = requested === null || requested >= last ? null : requested;
  const seek = useCallback(
    (next: number | null) => void setRequested(next === null || next >= last ? null : Math.max(0, next)),
    [setRequested, last],
  );
  const togglePlaying = useCallback(() => {
    if (!playing && step === null) seek(0);
    setPlaying(!playing);
  }, [playing, step, seek]);
  useEffect(() => {
    if (!playing) return;
    if (step === null) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => seek(step + Math.max(1, Math.round(last / framesOfFilm))), frameMilliseconds);
    return () => clearTimeout(timer);
  }, [playing, step, last, seek]);
  return { step, last, playing, seek, togglePlaying };
}
