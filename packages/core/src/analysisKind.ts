/** The kinds of analyses. A row holds the id as text, so a new kind is one entry here and needs no migration. */

/** Interactive analyses take seconds and have a queue of their own, so that none of them waits behind one that takes minutes. */
export type AnalysisPriority = "interactive" | "background";

export interface AnalysisKindDefinition {
  readonly id: string;
  readonly label: string;
  readonly priority: AnalysisPriority;
}

export const analysisKinds = [
  { id: "scoring", label: "Scores of one image by other models", priority: "interactive" },
  { id: "ablation", label: "Ablation of one image", priority: "interactive" },
  { id: "survival", label: "Survival of one image", priority: "interactive" },
  { id: "detectors", label: "Detectors over a run's generations", priority: "background" },
  { id: "transfer", label: "Transfer of whole archives", priority: "background" },
] as const satisfies readonly AnalysisKindDefinition[];

export type AnalysisKindId = (typeof analysisKinds)[number]["id"];

/** Undefined for a kind that only a later version knows. */
export function findAnalysisKind(id: string): AnalysisKindDefinition | undefined {
  return analysisKinds.find((kind) => kind.id === id);
}

/** An unknown kind may take long, so it runs in the background. */
export function priorityOfAnalysis(kind: string): AnalysisPriority {
  return findAnalysisKind(kind)?.priority ?? "background";
}
