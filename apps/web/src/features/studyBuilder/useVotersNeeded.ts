"use client";
/** Simulates how many voters a plan needs, one study at a time while the page is idle. */
import { AppError } from "@pareidolia/core/appError";
import { simulateVoters, type VoterPlan } from "@pareidolia/perception/power/planVoters";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import { useEffect, useState } from "react";

/** Half of all votes agree, and voters and images differ: the standard deviations are of the logit of agreement. */
export const assumedElectorate = { agreement: 0.5, voterSpread: 0.5, imageSpread: 1 } as const;
export const simulatedStudies = 100;
export const mostVoters = 1000;
/** Time that a step may take before the page can draw again. */
const sliceMilliseconds = 12;

export interface VotersNeeded {
  /** Of the simulated studies that are done, from 0 to 1. */
  readonly progress: number;
  readonly result: VoterPlan | null;
  readonly error: string | null;
}

const started: VotersNeeded = { progress: 0, result: null, error: null };

/** Null without a plan that can be simulated. */
export function useVotersNeeded(plan: StudyPlan | null): VotersNeeded | null {
  const [needed, setNeeded] = useState<VotersNeeded>(started);
  // What voters read has no effect on their number.
  const key = plan === null ? null : JSON.stringify({ seed: plan.seed, rules: plan.rules });
  useEffect(() => {
    if (key === null) return;
    setNeeded(started);
    const { seed, rules } = JSON.parse(key) as Pick<StudyPlan, "seed" | "rules">;
    const options = { ...assumedElectorate, seed, stopping: rules.stopping, studies: simulatedStudies, mostVoters };
    let timer: ReturnType<typeof setTimeout>;
    const begin = (): void => {
      const studies = simulateVoters(rules.design, options);
      const step = (): void => {
        const end = performance.now() + sliceMilliseconds;
        try {
          do {
            const { done, value } = studies.next();
            if (done) return setNeeded({ progress: 1, result: value, error: null });
            if (performance.now() >= end) setNeeded({ progress: value / simulatedStudies, result: null, error: null });
          } while (performance.now() < end);
        } catch (cause) {
          if (!(cause instanceof AppError)) throw cause;
          return setNeeded({ progress: 1, result: null, error: cause.message });
        }
        timer = setTimeout(step);
      };
      step();
    };
    // Not while a rule is being typed.
    timer = setTimeout(begin, 400);
    return () => clearTimeout(timer);
  }, [key]);
  return plan === null ? null : needed;
}
