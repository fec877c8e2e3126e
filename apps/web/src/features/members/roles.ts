/** The roles in the order of what they may do, and how pages write them. */
import type { Role } from "../../graphql/generated/graphql.ts";

export const roles = ["OWNER", "RESEARCHER", "LABELLER", "VIEWER"] as const satisfies readonly Role[];

export function roleName(role: Role): string {
  return role.toLowerCase();
}
