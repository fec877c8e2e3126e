"use client";
/** Creates the experiment when there is none yet, then the run. Repeating after a lost answer makes nothing twice: both carry a key. */
import { useRef, useState } from "react";
import { useMutation } from "urql";
import { CreateExperimentDocument, StartRunDocument, type StartRunInput } from "../../graphql/generated/graphql.ts";

export type RunWanted = Omit<StartRunInput, "experimentId" | "idempotencyKey">;
export type ExperimentWanted = { readonly id: string } | { readonly name: string };
export type Started = { readonly runKey: string } | { readonly problem: string; readonly field: string | null };

const networkWords = "The API did not answer. Nothing was started; try again.";

export function useStartRun() {
  const [, createExperiment] = useMutation(CreateExperimentDocument);
  const [, startRun] = useMutation(StartRunDocument);
  const [busy, setBusy] = useState(false);
  const keys = useRef<{ wanted: string; key: string; experimentId: string | null }>({ wanted: "", key: "", experimentId: null });

  async function start(experiment: ExperimentWanted, run: RunWanted): Promise<Started> {
    const wanted = JSON.stringify([experiment, run]);
    if (keys.current.wanted !== wanted) keys.current = { wanted, key: crypto.randomUUID(), experimentId: null };
    const attempt = keys.current;
    let experimentId = "id" in experiment ? experiment.id : attempt.experimentId;
    if (experimentId === null) {
      const name = "name" in experiment ? experiment.name : "";
      const { data } = await createExperiment({ input: { name, idempotencyKey: attempt.key } });
      const made = data?.createExperiment;
      if (!made) return { problem: networkWords, field: null };
      if (made.__typename !== "CreateExperimentSuccess")
        return { problem: made.message, field: made.__typename === "InvalidInputError" ? "experiment" : null };
      experimentId = made.experiment.id;
      attempt.experimentId = experimentId;
    }
    const { data, error } = await startRun({ input: { ...run, experimentId, idempotencyKey: attempt.key } });
    const made = data?.startRun;
    if (!made) return { problem: error?.graphQLErrors[0]?.message ?? networkWords, field: null };
    if (made.__typename === "StartRunSuccess") {
      keys.current = { wanted: "", key: "", experimentId: null };
      return { runKey: made.run.key };
    }
    return { problem: made.message, field: made.__typename === "InvalidInputError" ? (made.field ?? null) : null };
  }

  return {
    busy,
    start: async (experiment: ExperimentWanted, run: RunWanted): Promise<Started> => {
      setBusy(true);
      try {
        return await start(experiment, run);
      } finally {
        setBusy(false);
      }
    },
  };
}
