/**
 * The only place that decides about permissions, by role and resource. Services name the action and the resource; no other code reads
 * roles. A resource of another workspace is NOT_FOUND, so that the error does not reveal that it exists.
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

/** The object of an action, such as a row. */
export interface Resource {
  /** Null for resources of the product, which every workspace may read and none may change. */
  readonly workspaceId: string | null;
  /** The user who created it; null for resources of the product or of a workspace as a whole. */
  readonly createdById: string | null;
}

/** Stands for all resources that workspaces share, such as workers, the object store, the zoo's models and the samples. */
export const productResource: Resource = { workspaceId: null, createdById: null };

function isWithinReach(actor: Actor, action: Action, resource: Resource): boolean {
  return resource.workspaceId === actor.workspaceId || (resource.workspaceId === null && action.endsWith(":read"));
}

function keyPermits({ key }: Actor, action: Action): boolean {
  if (key === undefined) return true;
  const scope = scopeOf(action);
  // The answer of a mutation shows what it changed, so a key that may change things reads them too.
  return scope !== null && (key.scopes.includes(scope) || (scope === "READ" && key.scopes.includes("RUN")));
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

  /** @throws AppError NOT_FOUND for a resource of another workspace; FORBIDDEN if the role may not perform the action. */
  require(actor: Actor, action: Action, resource: Resource): void {
    if (!isWithinReach(actor, action, resource)) throw new AppError("NOT_FOUND", "There is no object with this ID.");
    policy.requireInWorkspace(actor, action);
  },

  /** For actions on the actor's workspace as a whole. @throws AppError FORBIDDEN if the role may not perform the action. */
  requireInWorkspace(actor: Actor, action: Action): void {
    if (!keyPermits(actor, action)) throw new AppError("FORBIDDEN", explainScope(action));
    if (!policy.grants(actor, action))
      throw new AppError("FORBIDDEN", `Your role in this workspace, ${actor.role.toLowerCase()}, does not permit this action (${action}).`);
  },

  /** The scope of lists: the actor's workspace and the product. @throws AppError FORBIDDEN if the role may not perform the action. */
  scope(actor: Actor, action: Action): Scope {
    policy.requireInWorkspace(actor, action);
    return openScope(actor.workspaceId);
  },

  /** Replaces rows that the actor may not see by null. */
  only<Row extends Resource>(actor: Actor, action: Action, rows: readonly (Row | null)[]): (Row | null)[] {
    return rows.map((row) => (row !== null && policy.allows(actor, action, row) ? row : null));
  },
};
