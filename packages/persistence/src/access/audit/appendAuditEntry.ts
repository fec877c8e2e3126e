/**
 * Appends to a workspace's audit log, in the transaction of the change: both are stored, or neither. Append last: the log's lock comes after
 * all row locks, so that no transaction waits for a row while another one waits for its entry, and it is held only until the commit.
 *
 * A request may wait for locks while its sender loses access. Whatever takes access away appends an entry, too, so each entry looks again:
 * none follows the one that took its sender's access.
 */
import type { Actor, ActorKey, Standing } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { auditKeyOf } from "../../server/database/auditKey.ts";
import type { Connection, Database } from "../../server/database/database.ts";
import { findStanding } from "../accounts/standingAccess.ts";
import { type AuditedChange, type HashedEntry, hashAuditEntry, isUnkeyed, keyAction, writeAuditText } from "./auditEntry.ts";
import { listLatestEntries } from "./latestEntries.ts";

export interface AuditActor extends Pick<Actor, "clientAddress"> {
  /** Null for an unknown sender, such as that of a refused sign-in, and for the system. */
  readonly userId: string | null;
  readonly workspaceId: string;
  readonly key?: ActorKey | undefined;
  readonly sessionId?: string | undefined;
  /** As it was authenticated. Absent for a change that may end the sender's own access, which is decided before: see `lockWorkspaceFor`. */
  readonly role?: Standing | undefined;
}

/** @throws AppError FORBIDDEN for a session or key that has ended, a former or suspended member, another role and a deleted workspace. */
async function requireSameAccess(connection: Connection, { userId, workspaceId, sessionId, key, role }: AuditActor): Promise<void> {
  if (userId === null || role === undefined || (sessionId === undefined && key === undefined)) return;
  const standing = await findStanding(connection, { userId, workspaceId, sessionId: sessionId ?? null, keyId: key?.id ?? null });
  if (standing?.role === role && !standing.isDeleted) return;
  throw new AppError(
    "FORBIDDEN",
    "Your access to this workspace changed while the request waited, so it changed nothing. Reload the page.",
  );
}

/**
 * Entries of one workspace are appended one after another: the lock is held until the transaction ends. Also names the user to the triggers
 * that write notifications when the transaction commits: no member is notified of their own change.
 */
export async function lockAuditLog(connection: Connection, workspaceId: string, userId: string | null = null): Promise<void> {
  await connection.$queryRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(${`audit ${workspaceId}`}, 0))::text, set_config('pareidolia.actor', ${userId ?? ""}, true)`;
}

/** @throws AppError FORBIDDEN if the sender has lost access since the request was authenticated, so that the transaction changes nothing. */
export async function appendAuditEntry(connection: Connection, actor: AuditActor, change: AuditedChange): Promise<void> {
  await appendAuditEntries(connection, actor, [change]);
}

type LastEntry = HashedEntry & { readonly hash: string };

/**
 * What has to precede the next entry: in a log that began without a key, the entry with which the key begins.
 * @throws AppError UNAVAILABLE for a process without the key of the log.
 */
function precede(key: Buffer | null, workspaceId: string, last: LastEntry | null): readonly AuditedChange[] {
  const follows = last !== null && isUnkeyed(last);
  if (key === null && last !== null && !follows)
    throw new AppError(
      "UNAVAILABLE",
      "The audit log is written under a key that follows from PAREIDOLIA_SECRET, which this process does not have. Set it, as for the API.",
    );
  if (key === null || !follows) return [];
  const subject = { subjectType: "Workspace", subjectId: workspaceId };
  return [{ action: keyAction, ...subject, before: null, after: { entriesWithoutKey: last.sequence } }];
}

/** One entry for each change, in order, in as many statements as one entry needs. @throws AppError as `appendAuditEntry`. */
export async function appendAuditEntries(connection: Connection, actor: AuditActor, changes: readonly AuditedChange[]): Promise<void> {
  if (changes.length === 0) return;
  await lockAuditLog(connection, actor.workspaceId, actor.userId);
  await requireSameAccess(connection, actor);
  await append(connection, actor, changes);
}

async function append(connection: Connection, actor: AuditActor, changes: readonly AuditedChange[]): Promise<void> {
  const { workspaceId } = actor;
  const last = await connection.auditEntry.findFirst({
    where: { workspaceId },
    orderBy: { sequence: "desc" },
    select: { sequence: true, previousHash: true, text: true, hash: true },
  });
  const auditKey = auditKeyOf(connection);
  let sequence = last?.sequence ?? 0;
  let previousHash = last?.hash ?? "";
  const at = new Date();
  const write = ({ userId, key, ...from }: Omit<AuditActor, "workspaceId">, change: AuditedChange) => {
    sequence += 1;
    const clientAddress = from.clientAddress ?? null;
    const keyId = key?.id ?? null;
    const text = writeAuditText({ ...change, workspaceId, at: at.toISOString(), userId, keyId, clientAddress });
    const hash = hashAuditEntry(auditKey, { previousHash, sequence, text });
    const { action, subjectType, subjectId } = change;
    const entry = { workspaceId, sequence, at, userId, keyId, clientAddress, action, subjectType, subjectId, text, previousHash, hash };
    previousHash = hash;
    return entry;
  };
  const first = precede(auditKey, workspaceId, last).map((change) => write({ userId: null }, change));
  const data = [...first, ...changes.map((change) => write(actor, change))];
  if (data.length > 0) await connection.auditEntry.createMany({ data });
}

/** Begins the key in each log that has none yet, so that its earlier entries are under it, too. Without a key, it does nothing. */
export async function beginAuditKey(database: Database): Promise<void> {
  if (auditKeyOf(database.connection) === null) return;
  for (const { workspaceId } of await listLatestEntries(database.connection))
    await database.transaction(async ({ connection }) => {
      await lockAuditLog(connection, workspaceId);
      await append(connection, { userId: null, workspaceId }, []);
    });
}
