"use client";
/** Starts an evolution, and its experiment when that is new. */
import { useMutation } from "urql";
import { StartEvolutionDocument, type StartEvolutionInput } from "../../graphql/generated/graphql.ts";
import { notStarted, useExperimentStart } from "./useExperimentStart.ts";

export type RunWanted = Omit<StartEvolutionInput, "experimentId" | "idempotencyKey">;

export function useStartEvolution() {
  const [, startEvolution] = useMutation(StartEvolutionDocument);
  return useExperimentStart<RunWanted>(async (input) => {
    const { data, error } = await startEvolution({ input });
    const made = data?.startEvolution;
    if (made?.__typename === "StartEvolutionSuccess") return { address: `/runs/${made.run.key}` };
    return notStarted(made, error);
  });
}
