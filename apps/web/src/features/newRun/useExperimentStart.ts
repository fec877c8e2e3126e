"use client";
/** Creates the experiment if it is new, then starts the run in it. Both mutations have an idempotency key, so a retry after a lost response starts nothing twice. */
import { useRef, useState } from "react";
import { type CombinedError, useMutation } from "urql";
import { CreateExperimentDocument } from "../../graphql/generated/graphql.ts";
import { noAnswerMessage } from "../marks/noAnswer.ts";

export type ExperimentChoice = { readonly id: string } | { readonly name: string };
export type StartResult = { readonly address: string } | { readonly problem: string; readonly field: string | null };

function networkProblem(): string {
  return `${noAnswerMessage()} Nothing was started; try again.`;
}

interface RunTarget {
  readonly experimentId: string;
  readonly idempotencyKey: string;
}

interface Refusal {
  readonly message: string;
  /** The API's path, such as `input.seed` or `seed`. */
  readonly field?: string | null;
}

/** Why a mutation started nothing: the API's refusal or, if `refusal` is undefined, a failed request. */
export function startFailure(refusal: Refusal | undefined, error: CombinedError | undefined): StartResult {
  if (refusal === undefined) return { problem: error?.graphQLErrors[0]?.message ?? networkProblem(), field: null };
  return { problem: refusal.message, field: refusal.field?.replace(/^input\./, "") ?? null };
}

export function useExperimentStart<Input>(send: (input: Input & RunTarget) => Promise<StartResult>) {
  const [, createExperiment] = useMutation(CreateExperimentDocument);
  const [busy, setBusy] = useState(false);
  /** The last attempt, whose key is used again for the same input. */
  const lastAttempt = useRef<{ input: string; key: string; experimentId: string | null }>({ input: "", key: "", experimentId: null });

  async function start(experiment: ExperimentChoice, run: Input): Promise<StartResult> {
    const input = JSON.stringify([experiment, run]);
    if (lastAttempt.current.input !== input) lastAttempt.current = { input, key: crypto.randomUUID(), experimentId: null };
    const attempt = lastAttempt.current;
    let experimentId = "id" in experiment ? experiment.id : attempt.experimentId;
    if (experimentId === null) {
      const name = "name" in experiment ? experiment.name : "";
      const { data } = await createExperiment({ input: { name, idempotencyKey: attempt.key } });
      const result = data?.createExperiment;
      if (!result) return { problem: networkProblem(), field: null };
      if (result.__typename !== "CreateExperimentSuccess")
        return { problem: result.message, field: result.__typename === "InvalidInputError" ? "experiment" : null };
      experimentId = result.experiment.id;
      attempt.experimentId = experimentId;
    }
    const outcome = await send({ ...run, experimentId, idempotencyKey: attempt.key });
    if ("address" in outcome) lastAttempt.current = { input: "", key: "", experimentId: null };
    return outcome;
  }

  return {
    busy,
    start: async (experiment: ExperimentChoice, run: Input): Promise<StartResult> => {
      setBusy(true);
      try {
        return await start(experiment, run);
      } finally {
        setBusy(false);
      }
    },
  };
}
