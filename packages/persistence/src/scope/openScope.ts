/** Creates scopes. Only the API's policy and `claimAnalysis` may import this function; `npm run check` rejects other imports. */
import type { Scope } from "./scope.ts";

export function openScope(workspaceId: string): Scope {
  return { workspaceId } as Scope;
}
