/** A user who was a member. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { AccountsApi } from "../support/accounts.ts";

/** Creates a user whom an owner has just removed from the workspace. Returns the user's ID. */
export async function createRemoved(api: AccountsApi, owner: { readonly workspaceId: string; readonly userId: string }, name: string) {
  const email = `${name}@pareidolia.example`;
  await api.database.connection.user.create({ data: { id: name, name, email } });
  await api.database.transaction((transaction) =>
    appendAuditEntry(transaction.connection, owner, {
      action: "member:remove",
      subjectType: "User",
      subjectId: name,
      before: { role: "VIEWER", email, joinedAt: new Date(), suspendedAt: null },
      after: null,
    }),
  );
  return encodeGlobalId("User", name);
}
