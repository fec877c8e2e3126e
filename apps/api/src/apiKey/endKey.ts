/** Revokes API keys, with their entries in the audit log: on the page of keys, for a program that signs out, and with a new password. */
import { type ApiKeyRecord, findValidKeys, revokeApiKey } from "@pareidolia/persistence/accounts/apiKeys";
import { type AuditActor, appendAuditEntry } from "@pareidolia/persistence/audit/appendAuditEntry";
import type { Connection, Database } from "@pareidolia/persistence/database/database";

/** A key that is revoked already stays as it is, without a second entry. */
export async function endKey(database: Database, actor: AuditActor, key: ApiKeyRecord): Promise<void> {
  await database.transaction(({ connection }) => revoke(connection, actor, key));
}

/** All keys of a user, in all workspaces. */
export async function endKeysOf(connection: Connection, { userId, clientAddress }: Pick<AuditActor, "clientAddress"> & { userId: string }) {
  for (const key of await findValidKeys(connection, userId))
    await revoke(connection, { userId, workspaceId: key.workspaceId, clientAddress }, key);
}

async function revoke(connection: Connection, actor: AuditActor, { id, name, prefix, createdById }: ApiKeyRecord): Promise<void> {
  if (!(await revokeApiKey(connection, id))) return;
  await appendAuditEntry(connection, actor, {
    action: "apiKey:revoke",
    subjectType: "ApiKey",
    subjectId: id,
    subjectName: prefix,
    before: { name, prefix, userId: createdById },
    after: null,
  });
}
