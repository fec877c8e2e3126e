"use client";
/** Creates the experiment if it is new and the API would accept the run, then starts the run in it. Both mutations have an idempotency key, so a retry after a lost answer starts nothing twice. */
import { useRef, useState } from "react";
import { type CombinedError, useMutation } from "urql";
import { CreateExperimentDocument } from "../../graphql/generated/graphql.ts";
import { noAnswerMessage } from "../marks/noAnswer.ts";
import { useAttemptKey } from "../marks/useAttemptKey.ts";

export type ExperimentChoice = { readonly id: string } | { readonly name: string };
export interface StartProblem {
  readonly problem: string;
  readonly field: string | null;
}
export type StartResult = { readonly address: string } | StartProblem;

function networkProblem(): string {
  return `${noAnswerMessage()} Try again: nothing is started twice.`;
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
export function startFailure(refusal: Refusal | undefined, error: CombinedError | undefined): StartProblem {
  if (refusal === undefined) return { problem: error?.graphQLErrors[0]?.message ?? networkProblem(), field: null };
  return { problem: refusal.message, field: refusal.field?.replace(/^input\./, "") ?? null };
}

/** `check` says why the API would refuse the start; null if it would not. It runs before an experiment is created. */
export function useExperimentStart<Input>(
  check: (input: Input) => Promise<StartProblem | null>,
  send: (input: Input & RunTarget) => Promise<StartResult>,
) {
  const [, createExperiment] = useMutation(CreateExperimentDocument);
  const [busy, setBusy] = useState(false);
  const experimentKey = useAttemptKey();
  const runKey = useAttemptKey();
  /** The experiment of an earlier attempt whose run did not start. */
  const created = useRef<{ readonly name: string; readonly id: string } | null>(null);

  async function start(experiment: ExperimentChoice, run: Input): Promise<StartResult> {
    if ("name" in experiment && created.current?.name !== experiment.name) {
      const { name } = experiment;
      const refused = await check(run);
      if (refused !== null) return refused;
      const { data } = await createExperiment({ input: { name, idempotencyKey: experimentKey.of(name) } });
      const result = data?.createExperiment;
      if (!result) return { problem: networkProblem(), field: null };
      if (result.__typename !== "CreateExperimentSuccess")
        return { problem: result.message, field: result.__typename === "InvalidInputError" ? "experiment" : null };
      created.current = { name, id: result.experiment.id };
    }
    const experimentId = "id" in experiment ? experiment.id : (created.current?.id ?? "");
    return send({ ...run, experimentId, idempotencyKey: runKey.of([experimentId, run]) });
  }

  return {
    /** Stays true after a start, until the page of the run opens. */
    busy,
    start: async (experiment: ExperimentChoice, run: Input): Promise<StartResult> => {
      setBusy(true);
      const outcome = await start(experiment, run);
      if ("problem" in outcome) setBusy(false);
      return outcome;
    },
  };
}
