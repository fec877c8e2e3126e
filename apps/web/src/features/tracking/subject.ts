/** A run or experiment with what members write about it, as the parts of its page take it. */
import type { ExperimentTrackingFragment, Role, RunTrackingFragment } from "../../graphql/generated/graphql.ts";

type TrackedRun = RunTrackingFragment;
export type TrackedExperiment = ExperimentTrackingFragment;
export type Tracked = TrackedRun | TrackedExperiment;

export function isTrackedExperiment(subject: Tracked): subject is TrackedExperiment {
  return subject.__typename === "Experiment";
}

/** Whether members with the role may write about runs and experiments. */
export function mayWrite(role: Role | undefined): boolean {
  return role === "OWNER" || role === "RESEARCHER";
}
