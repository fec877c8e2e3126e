/** The kinds of analyses. A new one is a file and a line here. */
import { ablation } from "./ablation.ts";
import type { AnalysisKind } from "./analysisKind.ts";
import { detectorsByGeneration } from "./detectorsByGeneration.ts";
import { survival } from "./survival.ts";
import { transfer } from "./transfer.ts";

const kinds: readonly AnalysisKind[] = [ablation, detectorsByGeneration, survival, transfer];

export function findAnalysisKind(id: string): AnalysisKind | undefined {
  return kinds.find((kind) => kind.id === id);
}
