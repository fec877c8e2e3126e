/** The states of imports in words. */
import type { ImportColumnUse, ImportState } from "../../graphql/generated/graphql.ts";

export const stateLabels: Readonly<Record<ImportState, string>> = {
  INSPECTING: "Being read",
  READY: "Ready",
  WRITING: "Importing",
  SUCCEEDED: "Imported",
  FAILED: "Failed",
  CANCELLED: "Cancelled",
};

export const columnUseLabels: Readonly<Record<ImportColumnUse, string>> = {
  KEY: "ID",
  NAME: "Name",
  STATE: "State",
  STARTED: "Start",
  ENDED: "End",
  DURATION: "Duration",
  TAGS: "Tags",
  NOTES: "Notes",
  PARAMETER: "Parameter",
  METRIC: "Metric",
  TAG: "Tag",
  PARAMETERS: "Parameters",
  METRICS: "Metrics",
  IGNORED: "Not imported",
};

/** Uses that a member may choose. */
export const choices = ["PARAMETER", "METRIC", "TAG", "NAME", "NOTES", "IGNORED"] as const;

export function isOver(state: ImportState): boolean {
  return state === "SUCCEEDED" || state === "FAILED" || state === "CANCELLED";
}
