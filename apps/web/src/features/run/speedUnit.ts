/** The unit of a run's speed: of its last interval while it is running, otherwise the mean over its computing. */
import type { RunType } from "../../graphql/runTypes.ts";

/** What the evaluations of a kind of run are. */
const nouns: Readonly<Record<RunType, string>> = {
  EvolutionRun: "evaluations",
  AscentRun: "gradients",
  PerturbationRun: "gradients",
  RetrainingRun: "evaluations",
  ImportedRun: "evaluations",
};

export function speedUnit({ __typename, state }: { readonly __typename: RunType; readonly state: string }): string {
  return state === "RUNNING" ? `${nouns[__typename]}/s` : `${nouns[__typename]}/s on average`;
}
