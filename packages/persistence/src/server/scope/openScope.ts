/** Creates scopes. Only the API's policy and `claimAnalysis` may import these functions; `npm run check` rejects other imports. */
import type { ExperimentScope, Reach, Scope } from "./scope.ts";

export function openScope(workspaceId: string): Scope {
  return { workspaceId } as Scope;
}

export function openExperimentScope(experimentId: string): ExperimentScope {
  return { experimentId } as ExperimentScope;
}

export function openReach(given: { readonly workspaceId: string | null; readonly linkedExperimentId: string | null }): Reach {
  return { ...given } as Reach;
}
