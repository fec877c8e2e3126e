"use client";
/** Starts an evolution, after creating its experiment if that is new. */
import { useMutation } from "urql";
import { StartEvolutionDocument, type StartEvolutionInput } from "../../graphql/generated/graphql.ts";
import { startFailure, useExperimentStart } from "./useExperimentStart.ts";
import { usePlanRun } from "./usePlan.ts";

export type EvolutionInput = Omit<StartEvolutionInput, "experimentId" | "idempotencyKey">;

export function useStartEvolution() {
  const [, startEvolution] = useMutation(StartEvolutionDocument);
  return useExperimentStart<EvolutionInput>(usePlanRun("evolution"), async (input) => {
    const { data, error } = await startEvolution({ input });
    const result = data?.startEvolution;
    if (result?.__typename === "StartEvolutionSuccess") return { address: `/runs/${result.run.key}` };
    return startFailure(result, error);
  });
}
