import type { AnalysisStateFragment } from "../../graphql/generated/graphql.ts";

export function isInProgress({ state }: Pick<AnalysisStateFragment, "state">): boolean {
  return state === "QUEUED" || state === "RUNNING";
}
