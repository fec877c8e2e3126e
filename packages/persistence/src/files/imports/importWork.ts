/**
 * A worker's side of imports, as of releases: a heartbeat shows that the worker lives; any worker may claim an import whose heartbeat has
 * stopped, and the token of the earlier claim then writes nothing. A file is read again from its start.
 */
import { randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import type { Prisma } from "../../generated/client.ts";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { openScope } from "../../server/scope/openScope.ts";
import type { Scope } from "../../server/scope/scope.ts";
import { findImports, type ImportRecord } from "./readImports.ts";

const maxSilence = "20 seconds";
const queuedTooLong = "10 seconds";
const maxAttempts = 5;

/** The right to write to an import. */
export interface ImportClaim {
  readonly id: string;
  readonly claimToken: string;
}

async function takeImport(connection: Connection, { id, claimToken }: ImportClaim): Promise<boolean> {
  const count = await connection.$executeRaw`
    UPDATE imports SET attempts = attempts + 1, claim_token = ${claimToken}, heartbeat_at = now()
    WHERE id = ${id} AND state IN ('INSPECTING', 'WRITING')
      AND (claim_token IS NULL OR heartbeat_at < now() - ${maxSilence}::interval)`;
  return count > 0;
}

/** Null when another worker has the import, or when there is nothing to do. */
export async function claimImport(
  connection: Connection,
  id: string,
): Promise<{ readonly record: ImportRecord; readonly claim: ImportClaim; readonly scope: Scope } | null> {
  const claim = { id, claimToken: randomUUID() };
  if (!(await takeImport(connection, claim))) return null;
  const [found] = await findImports(connection, [id]);
  return found == null ? null : { record: found, claim, scope: openScope(found.workspaceId) };
}

const lost = (): AppError => new AppError("LEASE_LOST", "Another worker has this import now, or it has ended.");

/** Writes a heartbeat with the progress. @throws AppError LEASE_LOST */
export async function reportImport(
  connection: Connection,
  { id, claimToken }: ImportClaim,
  progress: { readonly done: number; readonly total: number | null },
): Promise<void> {
  const count = await connection.$executeRaw`
    UPDATE imports SET heartbeat_at = now(), done = ${progress.done}, total = ${progress.total}
    WHERE id = ${id} AND claim_token = ${claimToken}`;
  if (count === 0) throw lost();
}

/** @throws AppError LEASE_LOST */
export async function finishInspection(
  connection: Connection,
  { id, claimToken }: ImportClaim,
  { preview, thumbnails }: { readonly preview: Prisma.InputJsonObject; readonly thumbnails: Prisma.InputJsonArray },
): Promise<void> {
  const { count } = await connection.import.updateMany({
    where: { id, claimToken, state: "INSPECTING" },
    data: { state: "READY", preview, thumbnails, claimToken: null, attempts: 0, done: 0, total: null },
  });
  if (count === 0) throw lost();
}

/** The last statement of the transaction that writes the rows. @throws AppError LEASE_LOST */
export async function finishImport(
  { connection }: Transaction,
  { id, claimToken }: ImportClaim,
  report: Prisma.InputJsonObject,
): Promise<void> {
  const { count } = await connection.import.updateMany({
    where: { id, claimToken, state: "WRITING" },
    data: { state: "SUCCEEDED", report, claimToken: null, endedAt: new Date() },
  });
  if (count === 0) throw lost();
}

/** `failure` is a human-readable sentence. */
export async function failImport(connection: Connection, { id, claimToken }: ImportClaim, failure: string): Promise<void> {
  await connection.import.updateMany({
    where: { id, claimToken },
    data: { state: "FAILED", failure, claimToken: null, endedAt: new Date() },
  });
}

/** Queues an import whose worker stops. */
export async function handBackImport(connection: Connection, { id, claimToken }: ImportClaim): Promise<void> {
  await connection.import.updateMany({ where: { id, claimToken }, data: { claimToken: null, attempts: 0 } });
}

async function failRepeatedlyLost(connection: Connection): Promise<void> {
  await connection.$executeRaw`
    UPDATE imports SET state = 'FAILED', ended_at = now(), claim_token = NULL,
      failure = 'The file ended its worker several times in a row, so it cannot be imported.'
    WHERE state IN ('INSPECTING', 'WRITING') AND claim_token IS NOT NULL AND heartbeat_at < now() - ${maxSilence}::interval
      AND attempts >= ${maxAttempts}`;
}

/** IDs of imports to enqueue: those whose heartbeat has stopped, and waiting ones whose job may have been lost. */
export async function requeueImports({ connection }: Transaction): Promise<readonly string[]> {
  await failRepeatedlyLost(connection);
  const rows = await findLostImports(connection);
  return rows.map(({ id }) => id);
}

function findLostImports(connection: Connection): Promise<{ readonly id: string }[]> {
  return connection.$queryRaw<{ readonly id: string }[]>`
    SELECT id FROM imports WHERE state IN ('INSPECTING', 'WRITING')
      AND coalesce(heartbeat_at, created_at) < now() - (CASE WHEN claim_token IS NULL THEN ${queuedTooLong} ELSE ${maxSilence} END)::interval
    ORDER BY created_at LIMIT 100`;
}
