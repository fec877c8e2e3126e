/** Finds the computation of a kind of analysis: the file in `kinds/` that has the name of its ID. */
import { findAnalysisKind } from "@pareidolia/analysis/kinds/findAnalysisKind";
import type { AnalysisTask } from "./analysisTask.ts";

/** Null for a kind that this version does not know. */
export async function findAnalysisTask(kind: string): Promise<AnalysisTask | null> {
  const contract = findAnalysisKind(kind);
  if (contract === undefined) return null;
  const { task } = (await import(`./kinds/${contract.id}.ts`)) as { readonly task: AnalysisTask };
  return task;
}
