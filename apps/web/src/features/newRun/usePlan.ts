"use client";
/** Has the API check a start before its experiment is created, so that a refused start leaves no empty experiment behind. */
import { type CombinedError, useClient } from "urql";
import { PlanRunDocument, type PlanRunInput, PlanSweepDocument, type StartSweepInput } from "../../graphql/generated/graphql.ts";
import { type StartProblem, startFailure } from "./useExperimentStart.ts";

/** Null if the API would accept it. */
function problemOf(error: CombinedError | undefined): StartProblem | null {
  if (error === undefined) return null;
  const [first] = error.graphQLErrors;
  const field = first?.extensions["field"];
  const refusal = first === undefined ? undefined : { message: first.message, field: typeof field === "string" ? field : null };
  return startFailure(refusal, error);
}

/** The experiment of a plan that does not exist yet. */
export const noExperiment = { experimentId: "" };

export function usePlanRun(kind: keyof PlanRunInput): (run: object) => Promise<StartProblem | null> {
  const client = useClient();
  return async (run) => {
    const input = { [kind]: { ...run, ...noExperiment } } as PlanRunInput;
    return problemOf((await client.query(PlanRunDocument, { input }, { requestPolicy: "network-only" }).toPromise()).error);
  };
}

export function usePlanSweep(): (input: StartSweepInput) => Promise<StartProblem | null> {
  const client = useClient();
  return async (input) =>
    problemOf((await client.query(PlanSweepDocument, { input }, { requestPolicy: "network-only" }).toPromise()).error);
}
