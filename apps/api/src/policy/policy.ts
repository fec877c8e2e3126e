/**
 * The only place that decides about permissions, by role and resource. Services name the action and the resource; no other code reads
 * roles. A resource of another workspace is NOT_FOUND, so that the error does not reveal that it exists, unless its experiment is shared
 * with the actor: then the actor may do what visitors may.
 */
import type { Actor, MemberActor, Role, SignedInActor, Standing } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { openExperimentScope, openReach, openScope } from "@pareidolia/persistence/server/scope/openScope";
import type { ExperimentScope, Reach, Scope } from "@pareidolia/persistence/server/scope/scope";
import { phraseOf } from "./actionPhrases.ts";
import { type AccountActions, type Action, type ResourceOf, scopeOf, type VisitorActions } from "./actions.ts";
import { everySender, type Guard, signedIn } from "./requires.ts";
import type { Resource, SharedResource } from "./resource.ts";

const permissions = new Map<Action, readonly Standing[]>();

/** Sets the standings that may perform each action. Called once per module, before the first request. */
export function declareActions(declared: { readonly [Name in Action]?: readonly Standing[] }): void {
  for (const [action, standings] of Object.entries(declared)) permissions.set(action as Action, standings);
}

export function listActions(): readonly Action[] {
  return [...permissions.keys()];
}

export function rolesOf(action: Action): readonly Standing[] {
  return permissions.get(action) ?? [];
}

/** A signed-in user whose request came with a session. */
export type SessionActor = SignedInActor & { readonly sessionId: string };

/** Who may still be acting once an action is permitted. */
type Permitted<Name extends Action> = Name extends keyof VisitorActions
  ? Actor
  : Name extends keyof AccountActions
    ? SignedInActor
    : MemberActor;

export interface Policy {
  /** Whether the actor's standing, and the API key if there is one, permit the action in the actor's workspace or on the product. */
  grants(actor: Actor, action: Action): boolean;
  /** Whether the actor's standing permits the action, even if the request's API key does not: what the person may do in another request. */
  roleGrants(actor: Actor, action: Action): boolean;
  /** Whether every sender may perform the action on what is shared with them. */
  grantsVisitors(actor: Actor, action: Action): boolean;
  allows<Name extends Action>(actor: Actor, action: Name, resource: ResourceOf<Name>): boolean;
  /**
   * Whether a root field is closed to visitors, or to users without a workspace, whatever it is about. A field without a guard is closed.
   * @throws AppError UNAUTHENTICATED or NO_WORKSPACE.
   */
  admit(actor: Actor, guard: Guard | undefined): void;
  /**
   * @throws AppError NOT_FOUND for a resource of another workspace; UNAUTHENTICATED, NO_WORKSPACE or FORBIDDEN if the actor may not perform
   * the action.
   */
  require<Name extends Action>(actor: Actor, action: Name, resource: ResourceOf<Name>): asserts actor is Permitted<Name>;
  /** As `require`, for members only: sharing an experiment does not permit the action. */
  requireOwn<Name extends Action>(actor: Actor, action: Name, resource: ResourceOf<Name>): asserts actor is MemberActor;
  /** For actions on the actor's workspace as a whole. @throws AppError UNAUTHENTICATED, NO_WORKSPACE or FORBIDDEN. */
  requireInWorkspace(actor: Actor, action: Action): asserts actor is MemberActor;
  /** Only members may open WebSockets. @throws AppError UNAUTHENTICATED or NO_WORKSPACE. */
  requireMember(actor: Actor): asserts actor is MemberActor;
  /** For actions that concern no workspace in particular. @throws AppError UNAUTHENTICATED or FORBIDDEN. */
  requireSignedIn(actor: Actor, action: keyof AccountActions): asserts actor is SignedInActor;
  /** API keys and a single user without an account have no session. @throws AppError FORBIDDEN. */
  requireSession(actor: SignedInActor): asserts actor is SessionActor;
  /** The scope of lists: the actor's workspace and the product. @throws AppError as `requireInWorkspace`. */
  scope(actor: Actor, action: Action): Scope;
  /** The scope of a list within a resource that the actor may read. @throws AppError as `require`. */
  scopeWithin<Name extends keyof VisitorActions & Action>(actor: Actor, action: Name, resource: SharedResource): Scope | ExperimentScope;
  /** The scope of look-ups by hash: the actor's workspace, the product and shared experiments. @throws AppError FORBIDDEN. */
  reach(actor: Actor, action: keyof VisitorActions & Action): Reach;
  /** Replaces rows that the actor may not see by null. */
  only<Name extends Action, Row extends ResourceOf<Name>>(actor: Actor, action: Name, rows: readonly (Row | null)[]): (Row | null)[];
  /** Whether the row belongs to the actor's workspace or to the product, rather than being shared by another workspace. */
  isOwn(actor: Actor, row: Resource): boolean;
}

type Access = "own" | "product" | "shared" | "none";

function isShared(actor: Actor, resource: Resource | SharedResource): boolean {
  if (!("visibility" in resource)) return false;
  return (
    resource.visibility === "PUBLIC" || (resource.visibility === "UNLISTED" && resource.experimentId === actor.shareLink?.experimentId)
  );
}

function accessTo(actor: Actor, resource: Resource | SharedResource): Access {
  if (resource.workspaceId === null) return "product";
  if (resource.workspaceId === actor.workspaceId) return "own";
  return isShared(actor, resource) ? "shared" : "none";
}

function keyPermits({ key }: Actor, action: Action): boolean {
  if (key === undefined) return true;
  const scope = scopeOf(action);
  // The answer of a mutation shows what it changed, so a key that may change things reads them too.
  return scope !== null && (key.scopes.includes(scope) || (scope === "READ" && key.scopes.includes("RUN")));
}

function explainScope(action: Action): string {
  const scope = scopeOf(action);
  const phrase = phraseOf(action);
  return scope === null
    ? `No API key may do this. Sign in to ${phrase}.`
    : `This API key lacks the scope ${scope}, without which it can't ${phrase}. Use a key that has it.`;
}

const pluralOf: { readonly [Name in Role]: string } = {
  OWNER: "Owners",
  RESEARCHER: "Researchers",
  LABELLER: "Labellers",
  VIEWER: "Viewers",
};

function explainRole(role: Role, action: Action): string {
  const phrase = phraseOf(action);
  const isForOwners = rolesOf(action).every((standing) => standing === "OWNER");
  return isForOwners
    ? `Only owners can ${phrase}. Ask an owner to do it.`
    : `${pluralOf[role]} can't ${phrase}. Ask an owner to change your role.`;
}

const membersOnly = (action: Action): AppError => new AppError("FORBIDDEN", `Only members of its workspace can ${phraseOf(action)}.`);

function isAction(guard: Guard | undefined): guard is Action {
  return guard !== undefined && guard !== signedIn && guard !== everySender;
}

/** Why an actor may not perform an action whose object is no secret. */
function refusalOf(actor: Actor, action: Guard | undefined): AppError {
  if (actor.role === "VISITOR") return new AppError("UNAUTHENTICATED", "Sign in first.");
  if (isAction(action) && !keyPermits(actor, action)) return new AppError("FORBIDDEN", explainScope(action));
  if (actor.role === "GUEST") {
    const where =
      actor.workspaceSlug === undefined ? "You belong to no workspace" : `You do not belong to the workspace "${actor.workspaceSlug}"`;
    return new AppError("NO_WORKSPACE", `${where}, or are suspended in it. Create a workspace, or ask for an invitation.`);
  }
  if (!isAction(action)) return new AppError("FORBIDDEN", "Your role does not permit this. Ask an owner to change it.");
  return new AppError("FORBIDDEN", explainRole(actor.role, action));
}

const notFound = (): AppError => new AppError("NOT_FOUND", "There is no object with this ID.");

export const policy: Policy = {
  grants: (actor, action) => policy.roleGrants(actor, action) && keyPermits(actor, action),

  roleGrants: (actor, action) => rolesOf(action).includes(actor.role),

  grantsVisitors: (actor, action) => rolesOf(action).includes("VISITOR") && keyPermits(actor, action),

  admit(actor, guard) {
    if (guard === everySender || (actor.role !== "VISITOR" && (actor.role !== "GUEST" || guard === signedIn))) return;
    const open: readonly Standing[] = guard === undefined || guard === signedIn ? [] : rolesOf(guard);
    if (!open.includes("VISITOR") && !open.includes(actor.role)) throw refusalOf(actor, guard);
  },

  allows(actor, action, resource) {
    switch (accessTo(actor, resource)) {
      case "own":
        // What is shared with every visitor is shared with all members, too.
        return policy.grants(actor, action) || (isShared(actor, resource) && policy.grantsVisitors(actor, action));
      case "product":
        return action.endsWith(":read") && (actor.role === "GUEST" ? policy.grantsVisitors(actor, action) : policy.grants(actor, action));
      case "shared":
        return policy.grantsVisitors(actor, action);
      case "none":
        return false;
    }
  },

  require(actor, action, resource) {
    const access = accessTo(actor, resource);
    if (access === "none" || (access === "product" && !action.endsWith(":read"))) throw notFound();
    if (access === "shared" && keyPermits(actor, action) && !policy.grantsVisitors(actor, action) && actor.role !== "VISITOR")
      throw membersOnly(action);
    if (!policy.allows(actor, action, resource)) throw refusalOf(actor, action);
  },

  requireOwn(actor, action, resource) {
    policy.require(actor, action, resource);
    if (!policy.isOwn(actor, resource)) throw membersOnly(action);
    policy.requireInWorkspace(actor, action);
  },

  requireInWorkspace(actor, action) {
    if (actor.workspaceId === null || !policy.grants(actor, action)) throw refusalOf(actor, action);
  },

  requireMember(actor) {
    if (actor.workspaceId === null) throw refusalOf(actor, undefined);
  },

  requireSignedIn(actor, action) {
    if (!policy.grants(actor, action)) throw refusalOf(actor, action);
  },

  requireSession(actor) {
    if (actor.sessionId === undefined)
      throw new AppError("FORBIDDEN", "This needs a session, and there is none without accounts. Start the server with accounts.");
  },

  scope(actor, action) {
    policy.requireInWorkspace(actor, action);
    return openScope(actor.workspaceId);
  },

  scopeWithin(actor, action, resource) {
    policy.require(actor, action, resource as ResourceOf<typeof action>);
    return policy.isOwn(actor, resource) ? policy.scope(actor, action) : openExperimentScope(resource.experimentId);
  },

  reach(actor, action) {
    if (!keyPermits(actor, action)) throw refusalOf(actor, action);
    const workspaceId = policy.grants(actor, action) ? actor.workspaceId : null;
    if (workspaceId === null && !policy.grantsVisitors(actor, action)) throw refusalOf(actor, action);
    return openReach({ workspaceId, linkedExperimentId: actor.shareLink?.experimentId ?? null });
  },

  only: (actor, action, rows) => rows.map((row) => (row !== null && policy.allows(actor, action, row) ? row : null)),

  isOwn: (actor, { workspaceId }) => workspaceId === null || workspaceId === actor.workspaceId,
};

/** Why the actor may not perform an action in the actor's workspace, whatever it is about; null if nothing but its object decides. */
export function explainRefusal(actor: Actor, guard: Guard): string | null {
  return !isAction(guard) || policy.grants(actor, guard) ? null : refusalOf(actor, guard).message;
}
