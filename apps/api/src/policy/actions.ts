/** The names of all actions, and the two common lists of roles. */
import type { Role } from "@pareidolia/core/actor";

export const readers: readonly Role[] = ["OWNER", "RESEARCHER", "LABELLER", "VIEWER"];
export const researchers: readonly Role[] = ["OWNER", "RESEARCHER"];

/** Each `noun.module.ts` merges its own actions in, such as "run:start". */
export interface Actions {}

export type Action = keyof Actions;
