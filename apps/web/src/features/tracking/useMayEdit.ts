"use client";
/** Whether the user may rename, tag, assign and annotate a run or an experiment: the role permits it, and nothing is locked. */
import { usePermissions } from "../permissions/usePermissions.ts";
import { isTrackedExperiment, type Tracked } from "./subject.ts";

export function useMayEdit(subject: Tracked | null): boolean {
  const { may } = usePermissions();
  return subject !== null && subject.lock == null && may(isTrackedExperiment(subject) ? "updateExperiment" : "updateRun");
}
