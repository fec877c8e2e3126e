/** How each kind of analysis is computed. A new kind is a file, a line here and one in core's analysisKinds. */
import type { AnalysisKindId } from "@pareidolia/core/analysisKind";
import { ablation } from "./ablation.ts";
import type { AnalysisKind } from "./analysisKind.ts";
import { detectorsByGeneration } from "./detectorsByGeneration.ts";
import { scoring } from "./scoring.ts";
import { survival } from "./survival.ts";
import { transfer } from "./transfer.ts";

const kinds: { readonly [Id in AnalysisKindId]: AnalysisKind } = {
  ablation,
  detectors: detectorsByGeneration,
  scoring,
  survival,
  transfer,
};

export function findAnalysisKind(id: string): AnalysisKind | undefined {
  return Object.values(kinds).find((kind) => kind.id === id);
}
