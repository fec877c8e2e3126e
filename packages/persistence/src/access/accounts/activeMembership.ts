/** Finds the workspace in which a signed-in user acts. */
import type { Role } from "@pareidolia/core/actor";
import type { Connection } from "../../server/database/database.ts";

export interface ActiveMembership {
  readonly workspaceId: string;
  readonly role: Role;
}

/** The membership in the workspace with this slug; null if the user does not belong to it, is suspended in it, or it is deleted. */
export async function findMembershipAt(
  connection: Connection,
  { userId, slug }: { readonly userId: string; readonly slug: string },
): Promise<ActiveMembership | null> {
  return connection.membership.findFirst({
    where: { userId, suspendedAt: null, workspace: { slug, deletedAt: null } },
    select: { workspaceId: true, role: true },
  });
}

/**
 * The membership in the workspace that the session chose, or else in the workspace that the user joined first. Null for a user who
 * belongs to no workspace, or is suspended in each. Deleted workspaces do not count.
 */
export async function findActiveMembership(
  connection: Connection,
  { userId, activeWorkspaceId }: { readonly userId: string; readonly activeWorkspaceId: string | null },
): Promise<ActiveMembership | null> {
  const memberships = await connection.membership.findMany({
    where: { userId, suspendedAt: null, workspace: { deletedAt: null } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { workspaceId: true, role: true },
  });
  return memberships.find(({ workspaceId }) => workspaceId === activeWorkspaceId) ?? memberships[0] ?? null;
}
