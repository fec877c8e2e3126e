/** Which queue an analysis goes to: one for each priority. */
import { type AnalysisPriority, priorityOfAnalysis } from "@pareidolia/core/analysisKind";
import type { JobName } from "./jobs.ts";

const jobs = { interactive: "analyse", background: "analyseInBackground" } as const satisfies Record<AnalysisPriority, JobName>;

export type AnalysisJobName = (typeof jobs)[AnalysisPriority];

export function analysisJobOf(kind: string): AnalysisJobName {
  return jobs[priorityOfAnalysis(kind)];
}
