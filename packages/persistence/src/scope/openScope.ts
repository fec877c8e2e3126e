/** Makes scopes. Only the API's policy may import this; `npm run check` refuses others. */
import type { Scope } from "./scope.ts";

export function openScope(workspaceId: string): Scope {
  return { workspaceId } as Scope;
}
