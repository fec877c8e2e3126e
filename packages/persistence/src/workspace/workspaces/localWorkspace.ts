/** The workspace and user of an installation for a single user. */
import { localWorkspaceSlug } from "@pareidolia/core/workspaceAddress";
import type { Connection } from "../../server/database/database.ts";

export const localUserId = "user_local";
export const localWorkspaceId = "workspace_local";

export async function seedLocalOwner(connection: Connection): Promise<void> {
  await connection.user.upsert({
    where: { id: localUserId },
    create: { id: localUserId, name: "You", email: "you@localhost", emailVerified: true },
    update: {},
  });
  await connection.workspace.upsert({
    where: { id: localWorkspaceId },
    create: { id: localWorkspaceId, name: "Local workspace", slug: localWorkspaceSlug },
    update: {},
  });
  // Only in an empty workspace: with accounts, this user may have left it to other owners.
  if ((await connection.membership.count({ where: { workspaceId: localWorkspaceId } })) > 0) return;
  await connection.membership.create({
    data: { id: "membership_local", workspaceId: localWorkspaceId, userId: localUserId, role: "OWNER" },
  });
}
