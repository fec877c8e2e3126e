/** The scopes of API keys in the order of what they permit, and how pages write them. */
import type { KeyScope } from "../../graphql/generated/graphql.ts";

export const keyScopes = ["READ", "RUN", "VOTE", "ADMIN"] as const satisfies readonly KeyScope[];

export function scopeName(scope: KeyScope): string {
  return scope.toLowerCase();
}
