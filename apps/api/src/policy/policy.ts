/**
 * The one place that decides who may do what. A service names the act and the thing; nothing else looks at roles.
 * What lies in another workspace does not exist for the actor, so that a refusal tells nobody that it does.
 */
import type { Actor, Role } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";

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

/** Null is the product itself, which every workspace may read and none may change. */
export interface Resource {
  readonly workspaceId: string | null;
}

function isWithinReach(actor: Actor, action: Action, resource: Resource): boolean {
  return resource.workspaceId === actor.workspaceId || (resource.workspaceId === null && action.endsWith(":read"));
}

function hasRole(actor: Actor, action: Action): boolean {
  const allowed: readonly Role[] = permissions[action];
  return allowed.includes(actor.role);
}

export const policy = {
  allows(actor: Actor, action: Action, resource: Resource): boolean {
    return isWithinReach(actor, action, resource) && hasRole(actor, action);
  },

  /** @throws AppError NOT_FOUND for a thing of another workspace, FORBIDDEN when the role does not suffice. */
  require(actor: Actor, action: Action, resource: Resource): void {
    if (!isWithinReach(actor, action, resource)) throw new AppError("NOT_FOUND", "There is nothing under this id.");
    if (!hasRole(actor, action))
      throw new AppError("FORBIDDEN", `A ${actor.role.toLowerCase()} of this workspace may not do this (${action}).`);
  },

  /** Rows that the actor may see; the others turn into null, as if absent. */
  only<Row extends Resource>(actor: Actor, action: Action, rows: readonly (Row | null)[]): (Row | null)[] {
    return rows.map((row) => (row !== null && policy.allows(actor, action, row) ? row : null));
  },
};
