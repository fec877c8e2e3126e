/** The names of all actions, the usual lists of roles, and the scope that an API key needs for each action. */
import type { KeyScope, Role, Standing } from "@pareidolia/core/actor";
import type { Resource, SharedResource } from "./resource.ts";

export const readers: readonly Role[] = ["OWNER", "RESEARCHER", "LABELLER", "VIEWER"];
export const researchers: readonly Role[] = ["OWNER", "RESEARCHER"];
export const owners: readonly Role[] = ["OWNER"];
/** Members in their workspace, and every sender for what is shared or belongs to the product. */
export const visitors: readonly Standing[] = [...readers, "VISITOR"];
/** Members, and signed-in users without a workspace. */
export const accountHolders: readonly Exclude<Standing, "VISITOR">[] = [...readers, "GUEST"];

/** Each `noun.module.ts` merges its own actions in, such as "run:start". */
export interface Actions {}

export type Action = keyof Actions;

/**
 * The actions that visitors may perform, with what they act on: the rows of an experiment carry its visibility, and other rows are readable
 * only if they belong to the product. Each module merges its own in; an action that is missing here cannot be declared for `visitors`.
 */
export interface VisitorActions {}

/** The actions of signed-in users that concern no workspace in particular, such as creating one. */
export interface AccountActions {}

/** The actions that only members may perform. */
export type MemberAction = Exclude<Action, keyof VisitorActions | keyof AccountActions>;

export type ResourceOf<Name extends Action> = Name extends keyof VisitorActions
  ? Extract<VisitorActions[Name], Resource | SharedResource>
  : Resource;

export type StandingOf<Name extends Action> = Name extends keyof VisitorActions
  ? Standing
  : Name extends keyof AccountActions
    ? Exclude<Standing, "VISITOR">
    : Role;

/** Nouns about the workspace itself and about accounts; even reading them needs the scope ADMIN. */
const administrative: ReadonlySet<string> = new Set([
  "apiKey",
  "auditEntry",
  "email",
  "invitation",
  "member",
  "retentionRule",
  "session",
  "webhook",
]);

/**
 * Forbidden to every API key: it could outlive its revocation (as another key, or as the link of an invitation or of an experiment), switch or
 * delete its workspace, or sign its user out.
 */
const beyondKeys: ReadonlySet<string> = new Set([
  "apiKey:create",
  "invitation:create",
  "session:revoke",
  "shareLink:read",
  "workspace:create",
  "workspace:delete",
  "workspace:restore",
  "workspace:switch",
]);

/** The scope with which an API key may perform the action; null for what no key may do. */
export function scopeOf(action: Action): KeyScope | null {
  const [noun = "", verb] = action.split(":");
  if (beyondKeys.has(action)) return null;
  if (administrative.has(noun)) return "ADMIN";
  if (verb === "read") return "READ";
  if (noun === "workspace") return "ADMIN";
  return noun === "vote" || (noun === "normingRoom" && verb !== "create") ? "VOTE" : "RUN";
}
