/**
 * Appends to a workspace's audit log, in the transaction of the change: both are stored, or neither. Append last: the log's lock comes after
 * all row locks, so that no transaction waits for a row while another one waits for its entry, and it is held only until the commit.
 */
import type { Actor, ActorKey } from "@pareidolia/core/actor";
import type { Connection } from "../database/database.ts";
import { type AuditedChange, hashAuditEntry, writeAuditText } from "./auditEntry.ts";

export interface AuditActor extends Pick<Actor, "clientAddress"> {
  /** Null for an unknown sender, such as that of a refused sign-in, and for the system. */
  readonly userId: string | null;
  readonly workspaceId: string;
  readonly key?: ActorKey | undefined;
}

/**
 * Entries of one workspace are appended one after another: the lock is held until the transaction ends. Also names the user to the triggers
 * that write notifications when the transaction commits: no member is notified of their own change.
 */
export async function lockAuditLog(connection: Connection, workspaceId: string, userId: string | null = null): Promise<void> {
  await connection.$queryRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(${`audit ${workspaceId}`}, 0))::text, set_config('pareidolia.actor', ${userId ?? ""}, true)`;
}

export async function appendAuditEntry(connection: Connection, actor: AuditActor, change: AuditedChange): Promise<void> {
  await appendAuditEntries(connection, actor, [change]);
}

/** One entry for each change, in order, in as many statements as one entry needs. */
export async function appendAuditEntries(connection: Connection, actor: AuditActor, changes: readonly AuditedChange[]): Promise<void> {
  if (changes.length === 0) return;
  const { workspaceId, userId } = actor;
  await lockAuditLog(connection, workspaceId, userId);
  const last = await connection.auditEntry.findFirst({
    where: { workspaceId },
    orderBy: { sequence: "desc" },
    select: { sequence: true, hash: true },
  });
  let sequence = last?.sequence ?? 0;
  let previousHash = last?.hash ?? "";
  const at = new Date();
  const keyId = actor.key?.id ?? null;
  const clientAddress = actor.clientAddress ?? null;
  const data = changes.map((change) => {
    sequence += 1;
    const text = writeAuditText({ ...change, workspaceId, at: at.toISOString(), userId, keyId, clientAddress });
    const hash = hashAuditEntry({ previousHash, sequence, text });
    const { action, subjectType, subjectId } = change;
    const entry = { workspaceId, sequence, at, userId, keyId, clientAddress, action, subjectType, subjectId, text, previousHash, hash };
    previousHash = hash;
    return entry;
  });
  await connection.auditEntry.createMany({ data });
}
