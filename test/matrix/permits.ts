/** What each actor may do by the table of roles and scopes (docs/authorization.md), without the policy's own code. */
import { scopeOf } from "@pareidolia/api/policy/actions";
import { rolesOf } from "@pareidolia/api/policy/policy";
import { everySender, type Guard, signedIn } from "@pareidolia/api/policy/requires";
import type { Person } from "./people.ts";

/** By the table of roles (docs/authorization.md). Computed before a guard is removed, which changes nothing about what is expected. */
export function permits({ role, scopes, userId }: Person, action: Guard): boolean {
  if (action === everySender) return true;
  // A suspended member is signed in, but belongs to no workspace.
  if (role === null) return userId !== null && action !== signedIn && rolesOf(action).includes("GUEST");
  if (action === signedIn) return true;
  if (!rolesOf(action).includes(role)) return false;
  if (scopes === null) return true;
  const scope = scopeOf(action);
  return scope !== null && (scopes.includes(scope) || (scope === "READ" && scopes.includes("RUN")));
}

/** Whether a sender from outside may perform the action on shared objects. */
export function admitsVisitor({ scopes }: Person, action: Guard): boolean {
  if (action === everySender) return true;
  if (action === signedIn || !rolesOf(action).includes("VISITOR")) return false;
  return scopes === null || scopes.includes("READ") || scopes.includes("RUN");
}
