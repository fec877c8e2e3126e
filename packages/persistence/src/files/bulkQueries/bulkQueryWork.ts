/**
 * The two jobs of a bulk query: a process of the API stores its rows page by page, then a worker writes its file. A heartbeat shows that the
 * process lives; any other may claim a bulk query whose heartbeat has stopped, and the token of the earlier claim then writes nothing. Rows
 * and the cursor after them are stored together, so the next process continues without lost or repeated rows.
 */
import { randomUUID } from "node:crypto";
import type { KeyScope, Role } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { isValidKey } from "../../access/accounts/apiKeys.ts";
import { Prisma } from "../../generated/client.ts";
import type { Connection, Transaction } from "../../server/database/database.ts";
import type { StoredPart } from "../../server/objectStores/storedPart.ts";
import { type BulkQueryRecord, findBulkQueries } from "./readBulkQueries.ts";

const maxSilence = "20 seconds";
const queuedTooLong = "10 seconds";
const maxAttempts = 5;
/** Days for which the file can be downloaded. */
export const daysOfBulkQuery = 7;
/** Bytes of its file, and of its rows before. */
export const maxBulkFileSize = 20 * 2 ** 30;

/** The right to write to a bulk query. */
export interface BulkClaim {
  readonly id: string;
  readonly claimToken: string;
}

export interface ClaimedBulkQuery {
  readonly bulkQuery: BulkQueryRecord;
  readonly claim: BulkClaim;
}

const lost = (): AppError => new AppError("LEASE_LOST", "Another process has taken over this bulk query, or it has ended.");

async function readClaimed(connection: Connection, claim: BulkClaim): Promise<ClaimedBulkQuery | null> {
  const [bulkQuery] = await findBulkQueries(connection, [claim.id]);
  return bulkQuery == null ? null : { bulkQuery, claim };
}

const isSilent = Prisma.sql`heartbeat_at < now() - ${maxSilence}::interval`;

/** For a process of the API: the oldest whose rows are to be stored; the workspaces take turns. Null for none. */
export async function claimQuestion(connection: Connection): Promise<ClaimedBulkQuery | null> {
  const claimToken = randomUUID();
  const [taken] = await connection.$queryRaw<{ readonly id: string }[]>`
    UPDATE bulk_queries SET state = 'RUNNING', attempts = attempts + 1, claim_token = ${claimToken}, heartbeat_at = now(),
      started_at = coalesce(started_at, now())
    WHERE id = (
      SELECT b.id FROM bulk_queries b
      WHERE b.answered_at IS NULL AND ((b.state = 'QUEUED' AND (b.waits_until IS NULL OR b.waits_until <= now())) OR (b.state = 'RUNNING' AND b.heartbeat_at < now() - ${maxSilence}::interval AND b.attempts < ${maxAttempts}))
      ORDER BY (SELECT count(*) FROM bulk_queries o WHERE o.workspace_id = b.workspace_id AND o.state = 'RUNNING' AND o.heartbeat_at >= now() - ${maxSilence}::interval),
        b.created_at
      LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id`;
  return taken === undefined ? null : readClaimed(connection, { id: taken.id, claimToken });
}

/** For a worker: one whose rows are stored. Null when another worker has it, or when it has ended. */
export async function claimFile(connection: Connection, id: string): Promise<ClaimedBulkQuery | null> {
  const claim = { id, claimToken: randomUUID() };
  const count = await connection.$executeRaw`
    UPDATE bulk_queries SET attempts = attempts + 1, claim_token = ${claim.claimToken}, heartbeat_at = now()
    WHERE id = ${id} AND state = 'RUNNING' AND answered_at IS NOT NULL AND (claim_token IS NULL OR ${isSilent})`;
  return count === 0 ? null : readClaimed(connection, claim);
}

export interface BulkPerson {
  readonly userId: string;
  readonly workspaceId: string;
  readonly role: Role;
  readonly key?: { readonly id: string; readonly scopes: readonly KeyScope[] };
}

/** With which rights it is answered now. Null once its member is suspended or has left, or its API key is revoked or has expired. */
export async function findBulkPerson(connection: Connection, id: string): Promise<BulkPerson | null> {
  const [found] = await connection.$queryRaw<
    { userId: string; workspaceId: string; role: Role; keyId: string | null; scopes: KeyScope[] | null }[]
  >`
    SELECT m.user_id AS "userId", m.workspace_id AS "workspaceId", m.role::text AS role, k.id AS "keyId", k.scopes::text[] AS scopes
    FROM bulk_queries b
    JOIN memberships m ON m.workspace_id = b.workspace_id AND m.user_id = b.created_by_id AND m.suspended_at IS NULL
    JOIN workspaces w ON w.id = b.workspace_id AND w.deleted_at IS NULL
    LEFT JOIN api_keys k ON k.id = b.key_id AND k.user_id = b.created_by_id AND ${isValidKey} AND (w.member_keys OR m.role = 'OWNER')
    WHERE b.id = ${id} AND (b.key_id IS NULL OR k.id IS NOT NULL)`;
  if (found === undefined) return null;
  const { keyId, scopes, ...person } = found;
  return keyId === null || scopes === null ? person : { ...person, key: { id: keyId, scopes } };
}

/** Writes a heartbeat. @throws AppError LEASE_LOST. */
export async function reportBulkQuery(connection: Connection, { id, claimToken }: BulkClaim): Promise<void> {
  const count = await connection.$executeRaw`
    UPDATE bulk_queries SET heartbeat_at = now() WHERE id = ${id} AND state = 'RUNNING' AND claim_token = ${claimToken}`;
  if (count === 0) throw lost();
}

export interface StoredRows {
  readonly chunks: readonly StoredPart[];
  /** In these chunks. */
  readonly rows: number;
  /** After the last of them; null if there are no more rows. */
  readonly cursor: string | null;
}

/**
 * Stores rows and the cursor after them. The last ones make the bulk query ready for its file. Progress resets the attempts, which count
 * processes that were lost without storing anything.
 * @throws AppError LEASE_LOST.
 */
export async function storeRows({ connection }: Transaction, { id, claimToken }: BulkClaim, stored: StoredRows): Promise<void> {
  const { chunks, rows, cursor } = stored;
  const isLast = cursor === null;
  const count = await connection.$executeRaw`
    UPDATE bulk_queries SET rows = rows + ${rows}, cursor = coalesce(${cursor}, cursor), heartbeat_at = now(), attempts = 1,
      answered_at = CASE WHEN ${isLast} THEN now() END, claim_token = CASE WHEN ${isLast} THEN NULL ELSE claim_token END
    WHERE id = ${id} AND state = 'RUNNING' AND claim_token = ${claimToken}`;
  if (count === 0) throw lost();
  if (chunks.length === 0) return;
  const from = await connection.bulkQueryChunk.count({ where: { bulkQueryId: id } });
  await connection.bulkQueryChunk.createMany({
    data: chunks.map(({ sha256, byteLength }, index) => ({ bulkQueryId: id, index: from + index, sha256, byteLength })),
  });
}

export interface WrittenFile {
  readonly sha256: string;
  readonly byteLength: number;
  readonly parts: readonly StoredPart[];
}

/** @throws AppError LEASE_LOST. */
export async function finishBulkQuery({ connection }: Transaction, { id, claimToken }: BulkClaim, file: WrittenFile): Promise<void> {
  const { sha256, byteLength, parts } = file;
  const endedAt = new Date();
  const expiresAt = new Date(endedAt.getTime() + daysOfBulkQuery * 86_400_000);
  const { count } = await connection.bulkQuery.updateMany({
    where: { id, state: "RUNNING", claimToken },
    data: { state: "SUCCEEDED", sha256, byteLength: BigInt(byteLength), endedAt, expiresAt },
  });
  if (count === 0) throw lost();
  await connection.bulkQueryPart.createMany({
    data: parts.map((part, index) => ({ bulkQueryId: id, index, sha256: part.sha256, byteLength: part.byteLength })),
  });
  await connection.bulkQueryChunk.deleteMany({ where: { bulkQueryId: id } });
}

/** `failure` is a human-readable sentence. */
export async function failBulkQuery({ connection }: Transaction, { id, claimToken }: BulkClaim, failure: string): Promise<void> {
  const { count } = await connection.bulkQuery.updateMany({
    where: { id, state: "RUNNING", claimToken },
    data: { state: "FAILED", failure, endedAt: new Date() },
  });
  if (count > 0) await connection.bulkQueryChunk.deleteMany({ where: { bulkQueryId: id } });
}

/** Gives up a claim of a process that stops: another one continues. */
export async function handBackBulkQuery(connection: Connection, { id, claimToken }: BulkClaim): Promise<void> {
  await connection.$executeRaw`
    UPDATE bulk_queries SET state = CASE WHEN answered_at IS NULL THEN 'QUEUED'::"WorkState" ELSE state END, claim_token = NULL, attempts = 0
    WHERE id = ${id} AND state = 'RUNNING' AND claim_token = ${claimToken}`;
}

/** Puts it back in the queue until its sender may spend more; other bulk queries run meanwhile. */
export async function postponeBulkQuery(connection: Connection, { id, claimToken }: BulkClaim, milliseconds: number): Promise<void> {
  await connection.$executeRaw`
    UPDATE bulk_queries SET state = 'QUEUED', claim_token = NULL, attempts = 0,
      waits_until = now() + ${milliseconds} * interval '1 millisecond'
    WHERE id = ${id} AND state = 'RUNNING' AND claim_token = ${claimToken} AND answered_at IS NULL`;
}

async function failRepeatedlyLost(connection: Connection): Promise<void> {
  await connection.$executeRaw`
    WITH failed AS (
      UPDATE bulk_queries SET state = 'FAILED', ended_at = now(), failure = 'Its process was lost several times in a row. Run it again.'
      WHERE state = 'RUNNING' AND ${isSilent} AND attempts >= ${maxAttempts} RETURNING id)
    DELETE FROM bulk_query_chunks WHERE bulk_query_id IN (SELECT id FROM failed)`;
}

/** IDs of those whose file is to be written and which no worker has, or whose worker has gone silent. */
export async function requeueBulkFiles({ connection }: Transaction): Promise<readonly string[]> {
  await failRepeatedlyLost(connection);
  const rows = await connection.$queryRaw<{ readonly id: string }[]>`
    SELECT id FROM bulk_queries WHERE state = 'RUNNING' AND answered_at IS NOT NULL AND (${isSilent}
      OR (claim_token IS NULL AND heartbeat_at < now() - ${queuedTooLong}::interval))
    ORDER BY created_at LIMIT 100`;
  return rows.map(({ id }) => id);
}
