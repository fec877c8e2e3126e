/** A button that copies the mutation that the form would send. */
import { CopyButton } from "../marks/CopyButton.tsx";
import { startEvolutionQuery } from "./startEvolutionQuery.ts";
import type { ExperimentChoice } from "./useExperimentStart.ts";
import type { EvolutionInput } from "./useStartEvolution.ts";

export function StartEvolutionQuery({ experiment, run }: { readonly experiment: ExperimentChoice; readonly run: EvolutionInput }) {
  return <CopyButton label="Copy as GraphQL" text={startEvolutionQuery("id" in experiment ? experiment.id : "", run)} />;
}
