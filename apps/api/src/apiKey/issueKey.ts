/** Issues an API key for a member, with its entry in the audit log: on the page of keys, and for a program that a member approved. */
import { randomUUID } from "node:crypto";
import { type Actor, type KeyScope, keyScopes, type MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { allowsMemberKeys, createApiKey } from "@pareidolia/persistence/access/accounts/apiKeys";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { policy } from "../policy/policy.ts";
import { lockWorkspaceFor } from "../workspace/lockWorkspaceFor.ts";
import { createSecret, hashSecret, shownPrefix } from "./secret.ts";

export interface KeyGrant {
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  /** Null for a key that never expires. */
  readonly expiresAt: Date | null;
}

export interface IssuedKey {
  readonly id: string;
  readonly secret: string;
}

/**
 * Locks the member's workspace and decides again, so that no key outlives a removal that the request waited for, and no removal misses the
 * key. @throws AppError as `requireKeys`.
 */
export async function lockForKey(connection: Connection, actor: MemberActor): Promise<void> {
  const { workspaceId } = actor;
  const { role } = await lockWorkspaceFor(connection, actor, { action: "apiKey:create", workspaceId });
  await requireKeys(connection, { ...actor, role });
}

export async function mayHaveKeys(connection: Connection, actor: Actor): Promise<boolean> {
  if (actor.workspaceId === null || !policy.grants(actor, "apiKey:create")) return false;
  return policy.grants(actor, "apiKey:manage") || allowsMemberKeys(connection, actor.workspaceId);
}

/** The actor as a member who may have keys. @throws AppError FORBIDDEN for a role without keys, or if only owners may have them. */
export async function requireKeys(connection: Connection, actor: Actor): Promise<MemberActor> {
  policy.requireInWorkspace(actor, "apiKey:create");
  if (!(await mayHaveKeys(connection, actor)))
    throw new AppError("FORBIDDEN", "In this workspace only owners have API keys. Ask an owner.");
  return actor;
}

/** Call it in a transaction, after `lockForKey` and with a checked grant. */
export async function issueKey(connection: Connection, actor: MemberActor, grant: KeyGrant): Promise<IssuedKey> {
  const { workspaceId, userId } = actor;
  const secret = createSecret();
  const id = `key_${randomUUID()}`;
  const scopes = keyScopes.filter((scope) => grant.scopes.includes(scope));
  const key = { name: grant.name, prefix: shownPrefix(secret), scopes, expiresAt: grant.expiresAt };
  await createApiKey(connection, { ...key, id, workspaceId, createdById: userId, secretHash: hashSecret(secret) });
  await appendAuditEntry(connection, actor, {
    action: "apiKey:create",
    subjectType: "ApiKey",
    subjectId: id,
    subjectName: key.prefix,
    before: null,
    after: key,
  });
  return { id, secret };
}
