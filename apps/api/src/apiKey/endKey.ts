/** Revokes API keys and records it in the audit log: by the page of keys, by a program that signs out, or with a new password. */
import { type ApiKeyRecord, revokeApiKey, revokeKeysOf } from "@pareidolia/persistence/access/accounts/apiKeys";
import { type AuditActor, appendAuditEntries, appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { AuditedChange } from "@pareidolia/persistence/access/audit/auditEntry";
import type { Connection, Database } from "@pareidolia/persistence/server/database/database";

/** A key that is revoked already stays as it is, without a second entry. */
export async function endKey(database: Database, actor: AuditActor, key: ApiKeyRecord): Promise<void> {
  await database.transaction(async ({ connection }) => {
    if (await revokeApiKey(connection, key.id)) await appendAuditEntry(connection, actor, changeOf(key));
  });
}

/** Revokes all keys of a user. Call it last: like every audit entry, these come after all row locks. */
export async function endKeysOf(
  connection: Connection,
  { userId, clientAddress }: Pick<AuditActor, "clientAddress"> & { readonly userId: string },
): Promise<void> {
  const keys = await revokeKeysOf(connection, userId);
  for (const workspaceId of new Set(keys.map((key) => key.workspaceId))) {
    const changes = keys.filter((key) => key.workspaceId === workspaceId).map(changeOf);
    await appendAuditEntries(connection, { userId, workspaceId, clientAddress }, changes);
  }
}

function changeOf({ id, name, prefix, createdById }: ApiKeyRecord): AuditedChange {
  const subject = { subjectType: "ApiKey", subjectId: id, subjectName: prefix };
  return { action: "apiKey:revoke", ...subject, before: { name, prefix, userId: createdById }, after: null };
}
