"use client";
/** Sends changes that runs and experiments have in common: of their notes and their assignee. */
import { useMutation } from "urql";
import { UpdateExperimentDocument, UpdateRunDocument, type UpdateRunInput } from "../../graphql/generated/graphql.ts";
import type { ReplacementAnswer } from "../conflicts/useReplacement.ts";
import { isTrackedExperiment, type Tracked } from "./subject.ts";

export function useSubjectUpdate(subject: Tracked): (input: Omit<UpdateRunInput, "runId">) => Promise<ReplacementAnswer> {
  const [, updateRun] = useMutation(UpdateRunDocument);
  const [, updateExperiment] = useMutation(UpdateExperimentDocument);
  return async (input) => {
    if (isTrackedExperiment(subject)) {
      const { data, error } = await updateExperiment({ input: { experimentId: subject.id, ...input } });
      return { answer: data?.updateExperiment, error };
    }
    const { data, error } = await updateRun({ input: { runId: subject.id, ...input } });
    return { answer: data?.updateRun, error };
  };
}
