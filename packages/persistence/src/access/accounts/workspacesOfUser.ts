/** The workspaces of a user, whose audit logs record changes to the account. */
import type { Connection } from "../../server/database/database.ts";

/** Where the user is a member, suspended or not, in one order: the audit logs of all are locked one after another. */
export async function findWorkspaceIdsOfUser(connection: Connection, userId: string): Promise<string[]> {
  const memberships = await connection.membership.findMany({
    where: { userId },
    orderBy: { workspaceId: "asc" },
    select: { workspaceId: true },
  });
  return memberships.map(({ workspaceId }) => workspaceId);
}
