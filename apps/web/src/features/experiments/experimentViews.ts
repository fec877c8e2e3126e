/** The tabs above the table of experiments, each with its filter. The selected tab is in the URL. */
import type { ExperimentFilter } from "../../graphql/generated/graphql.ts";

export const experimentViews = ["all", "running", "paused", "failed", "archived"] as const;
export type ExperimentView = (typeof experimentViews)[number];

export const viewLabels: Record<ExperimentView, string> = {
  all: "All",
  running: "Running",
  paused: "Paused",
  failed: "Failed",
  archived: "Archived",
};

const viewFilters: Record<ExperimentView, ExperimentFilter> = {
  all: { archived: false },
  running: { archived: false, state: ["RUNNING", "QUEUED"] },
  paused: { archived: false, state: ["PAUSED"] },
  failed: { archived: false, state: ["FAILED", "CRASHED"] },
  archived: { archived: true },
};

export function experimentFilter(view: ExperimentView, search: string): ExperimentFilter {
  return search.trim() === "" ? viewFilters[view] : { ...viewFilters[view], search: search.trim() };
}
