/** Looks up a kind of analysis by the ID that a row stores. */
import type { AnalysisPriority, AnyAnalysisContract } from "@pareidolia/core/analysisContract";
import { analysisKinds } from "./registry.ts";

/** Undefined for an unknown kind, for example of another version. */
export function findAnalysisKind(id: string): AnyAnalysisContract | undefined {
  return analysisKinds.find((kind) => kind.id === id);
}

/** An unknown kind may take long, so it runs in the background. */
export function priorityOfAnalysis(id: string): AnalysisPriority {
  return findAnalysisKind(id)?.priority ?? "background";
}
