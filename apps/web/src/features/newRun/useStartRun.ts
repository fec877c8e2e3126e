"use client";
/** Starts an evolution, and its experiment when that is new. */
import { useMutation } from "urql";
import { StartRunDocument, type StartRunInput } from "../../graphql/generated/graphql.ts";
import { notStarted, useExperimentStart } from "./useExperimentStart.ts";

export type RunWanted = Omit<StartRunInput, "experimentId" | "idempotencyKey">;

export function useStartRun() {
  const [, startRun] = useMutation(StartRunDocument);
  return useExperimentStart<RunWanted>(async (input) => {
    const { data, error } = await startRun({ input });
    const made = data?.startRun;
    if (made?.__typename === "StartRunSuccess") return { address: `/runs/${made.run.key}` };
    return notStarted(made, error);
  });
}
