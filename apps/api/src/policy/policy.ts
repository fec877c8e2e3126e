/**
 * The one place that decides who may do what. A service names the action and the resource; no other code looks at roles.
 * A resource of another workspace is NOT_FOUND for the actor, so that a refusal does not reveal it.
 */
import type { Actor, Role } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { openScope } from "@pareidolia/persistence/scope/openScope";
import type { Scope } from "@pareidolia/persistence/scope/scope";
import { type Action, scopeOf } from "./actions.ts";

const permissions = new Map<Action, readonly Role[]>();

/** Sets the roles that may perform each action. Called once per module, before the first request. */
export function declareActions(declared: { readonly [Name in Action]?: readonly Role[] }): void {
  for (const [action, roles] of Object.entries(declared)) permissions.set(action as Action, roles);
}

export function listActions(): readonly Action[] {
  return [...permissions.keys()];
}

export function rolesOf(action: Action): readonly Role[] {
  return permissions.get(action) ?? [];
}

/** What an action is about: a row, or a whole workspace. */
export interface Resource {
  /** Null is the product itself, which every workspace may read and none may change. */
  readonly workspaceId: string | null;
  /** The user who owns it; null for a resource of the product or of a workspace as a whole. */
  readonly createdById: string | null;
}

/** What all workspaces share: workers, the object store, the models and samples that come with the product. */
export const theProduct: Resource = { workspaceId: null, createdById: null };

function isWithinReach(actor: Actor, action: Action, resource: Resource): boolean {
  return resource.workspaceId === actor.workspaceId || (resource.workspaceId === null && action.endsWith(":read"));
}

function keyPermits({ key }: Actor, action: Action): boolean {
  if (key === undefined) return true;
  const scope = scopeOf(action);
  return scope !== null && key.scopes.includes(scope);
}

function explainScope(action: Action): string {
  const scope = scopeOf(action);
  return scope === null
    ? `No API key may do this (${action}). Sign in to do it.`
    : `This API key lacks the scope ${scope} (${action}). Use a key that has it.`;
}

export const policy = {
  /** Whether the actor's role, and the API key if there is one, permit the action at all. */
  grants(actor: Actor, action: Action): boolean {
    return rolesOf(action).includes(actor.role) && keyPermits(actor, action);
  },

  allows(actor: Actor, action: Action, resource: Resource): boolean {
    return isWithinReach(actor, action, resource) && policy.grants(actor, action);
  },

  /** @throws AppError NOT_FOUND for a resource of another workspace, FORBIDDEN when the role does not suffice. */
  require(actor: Actor, action: Action, resource: Resource): void {
    if (!isWithinReach(actor, action, resource)) throw new AppError("NOT_FOUND", "There is nothing under this id.");
    policy.requireInWorkspace(actor, action);
  },

  /** For an action on the actor's own workspace rather than on one of its rows. @throws AppError FORBIDDEN when the role does not suffice. */
  requireInWorkspace(actor: Actor, action: Action): void {
    if (!keyPermits(actor, action)) throw new AppError("FORBIDDEN", explainScope(action));
    if (!policy.grants(actor, action))
      throw new AppError("FORBIDDEN", `A ${actor.role.toLowerCase()} of this workspace may not do this (${action}).`);
  },

  /** What a list may read: the actor's own workspace, and the product. @throws AppError FORBIDDEN when the role does not suffice. */
  scope(actor: Actor, action: Action): Scope {
    policy.requireInWorkspace(actor, action);
    return openScope(actor.workspaceId);
  },

  /** Rows that the actor may see; the others turn into null, as if absent. */
  only<Row extends Resource>(actor: Actor, action: Action, rows: readonly (Row | null)[]): (Row | null)[] {
    return rows.map((row) => (row !== null && policy.allows(actor, action, row) ? row : null));
  },
};
