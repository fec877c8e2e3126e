/** A button that copies the mutation that the form would send. */
import { CopyButton } from "../marks/CopyButton.tsx";
import { startEvolutionQuery } from "./startEvolutionQuery.ts";
import type { ExperimentWanted } from "./useExperimentStart.ts";
import type { RunWanted } from "./useStartEvolution.ts";

export function StartEvolutionQuery({ place, run }: { readonly place: ExperimentWanted; readonly run: RunWanted }) {
  return <CopyButton label="Copy as GraphQL" text={startEvolutionQuery("id" in place ? place.id : "", run)} />;
}
