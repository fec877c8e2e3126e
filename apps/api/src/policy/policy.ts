/**
 * The one place that decides who may do what. A service names the action and the resource; no other code looks at roles.
 * A resource of another workspace is NOT_FOUND for the actor, so that a refusal does not reveal it.
 */
import type { Actor, Role } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { openScope } from "@pareidolia/persistence/scope/openScope";
import type { Scope } from "@pareidolia/persistence/scope/scope";

const readers: readonly Role[] = ["OWNER", "RESEARCHER", "LABELLER", "VIEWER"];
const makers: readonly Role[] = ["OWNER", "RESEARCHER"];

const permissions = {
  "workspace:read": readers,
  "user:read": readers,
  "model:read": readers,
  "model:register": makers,
  "model:check": makers,
  "model:delete": makers,
  "upload:create": makers,
  "upload:read": readers,
  "upload:delete": makers,
  "photo:read": readers,
  "photo:create": makers,
  "photo:delete": makers,
  "encoding:read": readers,
  "worker:read": readers,
  "store:read": readers,
  "experiment:read": readers,
  "experiment:create": makers,
  "experiment:archive": makers,
  "run:read": readers,
  "run:start": makers,
  "run:pause": makers,
  "run:resume": makers,
  "run:cancel": makers,
  "run:delete": makers,
  "trajectory:read": readers,
  "perturbation:read": readers,
  "chain:read": readers,
  "chain:start": makers,
  "analysis:read": readers,
  "analysis:start": makers,
  "analysis:cancel": makers,
  "report:read": readers,
  "elite:read": readers,
  "genome:read": readers,
  "image:read": readers,
  "score:read": readers,
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Action = keyof typeof permissions;

export const actions = Object.keys(permissions) as readonly Action[];

export function rolesOf(action: Action): readonly Role[] {
  return permissions[action];
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

export const policy = {
  /** Whether the actor's role may do this at all. */
  grants({ role }: Actor, action: Action): boolean {
    return rolesOf(action).includes(role);
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
