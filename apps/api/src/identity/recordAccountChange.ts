/** Writes a change of an account to the audit logs of all workspaces of its user, whose owners it concerns. */
import { findWorkspaceIdsOfUser } from "@pareidolia/persistence/access/accounts/workspacesOfUser";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { AuditedChange } from "@pareidolia/persistence/access/audit/auditEntry";
import type { Connection } from "@pareidolia/persistence/server/database/database";

export async function recordAccountChange(
  connection: Connection,
  { userId, clientAddress }: { readonly userId: string; readonly clientAddress: string | undefined },
  change: Pick<AuditedChange, "action" | "before" | "after">,
): Promise<void> {
  for (const workspaceId of await findWorkspaceIdsOfUser(connection, userId))
    await appendAuditEntry(connection, { userId, workspaceId, clientAddress }, { ...change, subjectType: "User", subjectId: userId });
}
