"use client";
/** Replaces the notes or the assignee of a run or an experiment, which have them in common. */
import { useMutation } from "urql";
import { UpdateExperimentDocument, UpdateRunDocument, type UpdateRunInput } from "../../graphql/generated/graphql.ts";
import { type Replacement, type ReplacementOutcome, useReplacement } from "../conflicts/useReplacement.ts";
import { isTrackedExperiment, type Tracked } from "./subject.ts";

type Values = { readonly notes: string } | { readonly assigneeId: string | null };

export function useSubjectReplacement(
  subject: Tracked,
): <Some extends Values>(replacement: Omit<Replacement<Some>, "subject" | "send">) => Promise<ReplacementOutcome<Some>> {
  const replace = useReplacement();
  const [, updateRun] = useMutation(UpdateRunDocument);
  const [, updateExperiment] = useMutation(UpdateExperimentDocument);
  const send = async (input: Omit<UpdateRunInput, "runId">) => {
    if (isTrackedExperiment(subject)) {
      const { data, error } = await updateExperiment({ input: { experimentId: subject.id, ...input } });
      return { answer: data?.updateExperiment, error };
    }
    const { data, error } = await updateRun({ input: { runId: subject.id, ...input } });
    return { answer: data?.updateRun, error };
  };
  return (replacement) => replace({ ...replacement, subject: subject.key, send });
}
