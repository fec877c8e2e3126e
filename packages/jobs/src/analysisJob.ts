/** The queue of an analysis by its priority. */
import type { AnalysisPriority } from "@pareidolia/core/analysisContract";
import type { JobName } from "./jobs.ts";

const jobs = { interactive: "analyse", background: "analyseInBackground" } as const satisfies Record<AnalysisPriority, JobName>;

export type AnalysisJobName = (typeof jobs)[AnalysisPriority];

export function analysisJobOf(priority: AnalysisPriority): AnalysisJobName {
  return jobs[priority];
}
