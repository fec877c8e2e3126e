/** A button that copies the mutation that the form would send. */
import { CopyButton } from "../marks/CopyButton.tsx";
import { startRunQuery } from "./startRunQuery.ts";
import type { ExperimentWanted } from "./useExperimentStart.ts";
import type { RunWanted } from "./useStartRun.ts";

export function StartRunQuery({ place, run }: { readonly place: ExperimentWanted; readonly run: RunWanted }) {
  return <CopyButton label="Copy as GraphQL" text={startRunQuery("id" in place ? place.id : "", run)} />;
}
