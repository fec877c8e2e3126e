/** Revokes an API key, with its entry in the audit log: on the page of keys, and for a program that signs out. */
import { type ApiKeyRecord, revokeApiKey } from "@pareidolia/persistence/accounts/apiKeys";
import { type AuditActor, appendAuditEntry } from "@pareidolia/persistence/audit/appendAuditEntry";
import type { Database } from "@pareidolia/persistence/database/database";

/** A key that is revoked already stays as it is, without a second entry. */
export async function endKey(database: Database, actor: AuditActor, key: ApiKeyRecord): Promise<void> {
  const { id, name, prefix, createdById } = key;
  await database.transaction(async ({ connection }) => {
    if (!(await revokeApiKey(connection, id))) return;
    await appendAuditEntry(connection, actor, {
      action: "apiKey:revoke",
      subjectType: "ApiKey",
      subjectId: id,
      subjectName: prefix,
      before: { name, prefix, userId: createdById },
      after: null,
    });
  });
}
