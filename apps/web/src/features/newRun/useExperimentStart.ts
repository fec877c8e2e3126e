"use client";
/** Creates the experiment if it is new, then starts the run in it. Both mutations carry an idempotency key, so a retry after a lost response starts nothing twice. */
import { useRef, useState } from "react";
import { type CombinedError, useMutation } from "urql";
import { CreateExperimentDocument } from "../../graphql/generated/graphql.ts";
import { noAnswerWords } from "../marks/noAnswer.ts";

export type ExperimentWanted = { readonly id: string } | { readonly name: string };
export type Started = { readonly address: string } | { readonly problem: string; readonly field: string | null };

function networkWords(): string {
  return `${noAnswerWords()} Nothing was started; try again.`;
}

interface Place {
  readonly experimentId: string;
  readonly idempotencyKey: string;
}

interface Refusal {
  readonly message: string;
  /** As the API names it: `input.seed` or `seed`. */
  readonly field?: string | null;
}

/** Why a start mutation started nothing: the API's refusal or, if `refusal` is undefined, the failed request. */
export function notStarted(refusal: Refusal | undefined, error: CombinedError | undefined): Started {
  if (refusal === undefined) return { problem: error?.graphQLErrors[0]?.message ?? networkWords(), field: null };
  return { problem: refusal.message, field: refusal.field?.replace(/^input\./, "") ?? null };
}

export function useExperimentStart<Wanted>(send: (wanted: Wanted & Place) => Promise<Started>) {
  const [, createExperiment] = useMutation(CreateExperimentDocument);
  const [busy, setBusy] = useState(false);
  const keys = useRef<{ wanted: string; key: string; experimentId: string | null }>({ wanted: "", key: "", experimentId: null });

  async function start(experiment: ExperimentWanted, run: Wanted): Promise<Started> {
    const wanted = JSON.stringify([experiment, run]);
    if (keys.current.wanted !== wanted) keys.current = { wanted, key: crypto.randomUUID(), experimentId: null };
    const attempt = keys.current;
    let experimentId = "id" in experiment ? experiment.id : attempt.experimentId;
    if (experimentId === null) {
      const name = "name" in experiment ? experiment.name : "";
      const { data } = await createExperiment({ input: { name, idempotencyKey: attempt.key } });
      const made = data?.createExperiment;
      if (!made) return { problem: networkWords(), field: null };
      if (made.__typename !== "CreateExperimentSuccess")
        return { problem: made.message, field: made.__typename === "InvalidInputError" ? "experiment" : null };
      experimentId = made.experiment.id;
      attempt.experimentId = experimentId;
    }
    const outcome = await send({ ...run, experimentId, idempotencyKey: attempt.key });
    if ("address" in outcome) keys.current = { wanted: "", key: "", experimentId: null };
    return outcome;
  }

  return {
    busy,
    start: async (experiment: ExperimentWanted, run: Wanted): Promise<Started> => {
      setBusy(true);
      try {
        return await start(experiment, run);
      } finally {
        setBusy(false);
      }
    },
  };
}
