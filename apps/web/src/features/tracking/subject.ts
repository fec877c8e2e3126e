/** A run or experiment with what members write about it, as the parts of its page take it. */
import type { ExperimentTrackingFragment, RunTrackingFragment } from "../../graphql/generated/graphql.ts";

type TrackedRun = RunTrackingFragment;
export type TrackedExperiment = ExperimentTrackingFragment;
export type Tracked = TrackedRun | TrackedExperiment;

export function isTrackedExperiment(subject: Tracked): subject is TrackedExperiment {
  return subject.__typename === "Experiment";
}
