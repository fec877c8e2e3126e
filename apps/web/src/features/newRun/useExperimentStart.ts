"use client";
/** Creates the experiment when there is none yet, then whatever is started in it. Repeating after a lost answer makes nothing twice: both carry a key. */
import { useRef, useState } from "react";
import { useMutation } from "urql";
import { CreateExperimentDocument } from "../../graphql/generated/graphql.ts";
import { noAnswerWords } from "../marks/noAnswer.ts";

export type ExperimentWanted = { readonly id: string } | { readonly name: string };
export type Started = { readonly address: string } | { readonly problem: string; readonly field: string | null };

export function networkWords(): string {
  return `${noAnswerWords()} Nothing was started; try again.`;
}

interface Place {
  readonly experimentId: string;
  readonly idempotencyKey: string;
}

/** The name that a form has for an input's field: the API says `input.seed`, or `seed`. */
export function fieldOf(path: string | null | undefined): string | null {
  return path == null ? null : path.replace(/^input\./, "");
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
