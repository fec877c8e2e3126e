/** Loads the task of a kind of analysis from the file in `kinds/` that is named after the kind's ID. */
import { findAnalysisKind } from "@pareidolia/analysis/kinds/findAnalysisKind";
import type { AnalysisTask } from "./analysisTask.ts";

/** Null for a kind unknown to this version. */
export async function findAnalysisTask(kind: string): Promise<AnalysisTask | null> {
  const contract = findAnalysisKind(kind);
  if (contract === undefined) return null;
  const { task } = (await import(`./kinds/${contract.id}.ts`)) as { readonly task: AnalysisTask };
  return task;
}
