/**
 * A worker's side of exports, as of releases: a heartbeat shows that the worker lives; any worker may claim an export whose heartbeat has
 * stopped, and the token of the earlier claim then writes nothing. An export is written again from its start.
 */
import { randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import type { Connection, Transaction } from "../../server/database/database.ts";
import type { StoredPart } from "../../server/objectStores/storedPart.ts";
import { type ExportRecord, findExports } from "./readExports.ts";

const maxSilence = "20 seconds";
const queuedTooLong = "10 seconds";
const maxAttempts = 5;
/** Days for which a finished export can be downloaded. */
export const daysOfExport = 7;

/** The right to write to an export that is being made. */
export interface ExportClaim {
  readonly id: string;
  readonly claimToken: string;
}

async function takeExport(connection: Connection, { id, claimToken }: ExportClaim): Promise<boolean> {
  const count = await connection.$executeRaw`
    UPDATE exports SET state = 'RUNNING', attempts = attempts + 1, claim_token = ${claimToken}, heartbeat_at = now(),
      started_at = coalesce(started_at, now())
    WHERE id = ${id} AND (state = 'QUEUED' OR (state = 'RUNNING' AND heartbeat_at < now() - ${maxSilence}::interval))`;
  return count > 0;
}

/** Null when another worker has the export, or when it has ended. */
export async function claimExport(
  connection: Connection,
  id: string,
): Promise<{ readonly export: ExportRecord; readonly claim: ExportClaim } | null> {
  const claim = { id, claimToken: randomUUID() };
  if (!(await takeExport(connection, claim))) return null;
  const [found] = await findExports(connection, [id]);
  return found == null ? null : { export: found, claim };
}

const lost = (): AppError => new AppError("LEASE_LOST", "Another worker has this export now, or it has ended.");

/** Writes a heartbeat with the progress. @throws AppError LEASE_LOST */
export async function reportExport(
  connection: Connection,
  { id, claimToken }: ExportClaim,
  progress: { readonly done: number; readonly total: number | null },
): Promise<void> {
  const count = await connection.$executeRaw`
    UPDATE exports SET heartbeat_at = now(), done = ${progress.done}, total = ${progress.total}
    WHERE id = ${id} AND state = 'RUNNING' AND claim_token = ${claimToken}`;
  if (count === 0) throw lost();
}

export interface WrittenExport {
  readonly sha256: string;
  readonly byteLength: number;
  /** SHA-256 of what was exported, from the manifest. */
  readonly content: string;
  /** Rows of each table. */
  readonly tableRows: Readonly<Record<string, number>>;
  /** Files in the archive. */
  readonly files: number;
  readonly parts: readonly StoredPart[];
}

/** @throws AppError LEASE_LOST. */
export async function finishExport(
  { connection }: Transaction,
  { id, claimToken }: ExportClaim,
  { sha256, byteLength, content, tableRows, files, parts }: WrittenExport,
): Promise<void> {
  const endedAt = new Date();
  const rows = Object.values(tableRows).reduce((sum, count) => sum + count, 0);
  const { count } = await connection.export.updateMany({
    where: { id, state: "RUNNING", claimToken },
    data: {
      state: "SUCCEEDED",
      sha256,
      byteLength: BigInt(byteLength),
      content,
      rowCount: BigInt(rows),
      fileCount: files,
      tableRows: { ...tableRows },
      endedAt,
      expiresAt: new Date(endedAt.getTime() + daysOfExport * 86_400_000),
    },
  });
  if (count === 0) throw lost();
  await connection.exportPart.createMany({
    data: parts.map((part, index) => ({ exportId: id, index, sha256: part.sha256, byteLength: part.byteLength })),
  });
}

/** `failure` is a human-readable sentence. */
export async function failExport(connection: Connection, { id, claimToken }: ExportClaim, failure: string): Promise<void> {
  await connection.export.updateMany({
    where: { id, state: "RUNNING", claimToken },
    data: { state: "FAILED", failure, endedAt: new Date() },
  });
}

/** Queues an export whose worker stops. */
export async function handBackExport(connection: Connection, { id, claimToken }: ExportClaim): Promise<void> {
  await connection.export.updateMany({ where: { id, state: "RUNNING", claimToken }, data: { state: "QUEUED", attempts: 0 } });
}

async function failRepeatedlyLost(connection: Connection): Promise<void> {
  await connection.$executeRaw`
    UPDATE exports SET state = 'FAILED', ended_at = now(), failure = 'Its worker was lost several times in a row. Export again.'
    WHERE state = 'RUNNING' AND heartbeat_at < now() - ${maxSilence}::interval AND attempts >= ${maxAttempts}`;
}

/** IDs of exports to enqueue: those whose heartbeat has stopped, and queued ones whose job may have been lost. */
export async function requeueExports({ connection }: Transaction): Promise<readonly string[]> {
  await failRepeatedlyLost(connection);
  const rows = await connection.$queryRaw<{ readonly id: string }[]>`
    SELECT id FROM exports WHERE (state = 'QUEUED' AND coalesce(heartbeat_at, created_at) < now() - ${queuedTooLong}::interval)
      OR (state = 'RUNNING' AND heartbeat_at < now() - ${maxSilence}::interval)
    ORDER BY created_at LIMIT 100`;
  return rows.map(({ id }) => id);
}
