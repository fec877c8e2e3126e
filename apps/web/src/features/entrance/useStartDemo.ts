"use client";
/** Starts the demo run for an owner whose account was just created. */
import { useClient } from "urql";
import { FirstStepsDocument } from "../../graphql/generated/graphql.ts";
import { demoRun } from "../home/demoRun.ts";
import { useStartEvolution } from "../newRun/useStartEvolution.ts";

/** Returns a function that starts the run and resolves to its page; to the home page, which offers it again, if it could not start. */
export function useStartDemo(): () => Promise<string> {
  const client = useClient();
  const { start } = useStartEvolution();
  return async () => {
    const { data } = await client.query(FirstStepsDocument, {}, { requestPolicy: "network-only" }).toPromise();
    const model = data?.models.nodes[0];
    if (data === undefined || model === undefined) return "/";
    const experiment = data.experiments.nodes[0];
    const outcome = await start(experiment ? { id: experiment.id } : { name: "First run" }, { modelId: model.id, ...demoRun });
    return "address" in outcome ? outcome.address : "/";
  };
}
