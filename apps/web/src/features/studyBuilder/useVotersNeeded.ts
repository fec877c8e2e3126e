"use client";
/** Simulates how many voters a plan needs, one study at a time while the page is idle. */
import { problemOfError } from "@pareidolia/perception/planProblem";
import { simulateVoters, type VoterPlan } from "@pareidolia/perception/power/planVoters";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import { useEffect, useState } from "react";
import { runInSlices } from "./runInSlices.ts";

/** Half of all votes agree, and voters and images differ: the standard deviations are of the logit of agreement. */
export const assumedElectorate = { agreement: 0.5, voterSpread: 0.5, imageSpread: 1 } as const;
export const simulatedStudies = 100;
export const mostVoters = 1000;

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
    return runInSlices(() => simulateVoters(rules.design, options), {
      delay: 400,
      onProgress: (studies) => setNeeded({ progress: studies / simulatedStudies, result: null, error: null }),
      onResult: (result) => setNeeded({ progress: 1, result, error: null }),
      onError: (cause) => setNeeded({ progress: 1, result: null, error: problemOfError(cause).message }),
    });
  }, [key]);
  return plan === null ? null : needed;
}
