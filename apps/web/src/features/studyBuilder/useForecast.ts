"use client";
/** Simulates voters under a plan, while the page is idle: its cost, and whom its rules would count. */
import { problemOfError } from "@pareidolia/perception/planProblem";
import { type Forecast, forecastVoters } from "@pareidolia/perception/simulation/forecast";
import { parseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { useEffect, useState } from "react";
import { runInSlices } from "./runInSlices.ts";

export type ForecastState =
  | { readonly kind: "computing"; readonly progress: number }
  | { readonly kind: "ready"; readonly forecast: Forecast | null }
  | { readonly kind: "failed"; readonly message: string };

const started: ForecastState = { kind: "computing", progress: 0 };

/** @param text the plan's canonical text; null without a plan that can open, which has no forecast. */
export function useForecast(text: string | null): ForecastState | null {
  const [state, setState] = useState<ForecastState>(started);
  useEffect(() => {
    if (text === null) return;
    setState(started);
    const plan = parseStudyPlan(JSON.parse(text) as unknown);
    return runInSlices(() => forecastVoters(plan), {
      delay: 400,
      onProgress: (progress) => setState({ kind: "computing", progress }),
      onResult: (forecast) => setState({ kind: "ready", forecast }),
      onError: (cause) => setState({ kind: "failed", message: problemOfError(cause).message }),
    });
  }, [text]);
  return text === null ? null : state;
}
