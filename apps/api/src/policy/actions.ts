/** The names of all actions, the usual lists of roles, and the scope that an API key needs for each action. */
import type { KeyScope, Role } from "@pareidolia/core/actor";

export const readers: readonly Role[] = ["OWNER", "RESEARCHER", "LABELLER", "VIEWER"];
export const researchers: readonly Role[] = ["OWNER", "RESEARCHER"];
export const owners: readonly Role[] = ["OWNER"];

/** Each `noun.module.ts` merges its own actions in, such as "run:start". */
export interface Actions {}

export type Action = keyof Actions;

/** Nouns about the workspace itself; even reading them needs the scope ADMIN. */
const administrative: ReadonlySet<string> = new Set(["apiKey", "auditEntry", "email", "invitation", "member"]);

/** The scope with which an API key may perform the action. Null for what no key may do: create keys, which would outlive its revocation. */
export function scopeOf(action: Action): KeyScope | null {
  const [noun = "", verb] = action.split(":");
  if (noun === "apiKey" && verb === "create") return null;
  if (administrative.has(noun)) return "ADMIN";
  if (verb === "read") return "READ";
  if (noun === "workspace") return "ADMIN";
  return noun === "vote" ? "VOTE" : "RUN";
}
