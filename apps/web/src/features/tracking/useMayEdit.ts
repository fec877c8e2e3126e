"use client";
/** Whether the user may rename, tag, assign and annotate a run or an experiment: the role permits it, and nothing is locked. */
import type { MutationName } from "../../graphql/generated/mutationNames.ts";
import { usePermissions } from "../permissions/usePermissions.ts";
import { isTrackedExperiment, type Tracked } from "./subject.ts";

export function useMayEdit(subject: Tracked | null): boolean {
  const { may } = usePermissions();
  if (subject === null || subject.lock != null) return false;
  const needs: readonly MutationName[] = isTrackedExperiment(subject)
    ? ["updateExperiment", "tagExperiments"]
    : ["updateRun", "renameRun", "tagRuns"];
  return needs.every(may);
}
