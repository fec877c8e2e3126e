/** The kinds of events that a webhook may get, in the order of the form. */
import type { NotificationKind } from "../../graphql/generated/graphql.ts";

export const webhookKinds = [
  ["RUN_SUCCEEDED", "A run finishes"],
  ["RUN_CANCELLED", "A run is cancelled"],
  ["RUN_FAILED", "A run fails"],
  ["RUN_PAUSED", "An outage pauses a run"],
  ["SWEEP_RUN_SUCCEEDED", "A run of a sweep finishes"],
  ["SWEEP_RUN_CANCELLED", "A run of a sweep is cancelled"],
  ["SWEEP_PAUSED", "A sweep has spent its budget"],
  ["SWEEP_ENDED", "A sweep ends"],
  ["STUDY_ENDED", "A study closes"],
  ["ASSIGNED", "Something is assigned"],
  ["MENTIONED", "A comment names a member"],
  ["COMMENTED", "A comment is written"],
] as const satisfies readonly (readonly [NotificationKind, string])[];

export const defaultKinds: readonly NotificationKind[] = [
  "RUN_SUCCEEDED",
  "RUN_CANCELLED",
  "RUN_FAILED",
  "SWEEP_PAUSED",
  "SWEEP_ENDED",
  "STUDY_ENDED",
];
