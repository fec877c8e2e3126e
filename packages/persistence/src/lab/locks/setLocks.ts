/** Locks and unlocks runs and experiments. */
import type { AppError } from "@pareidolia/core/appError";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { changeLocks } from "./holdLocks.ts";

export interface LockChange {
  readonly workspaceId: string;
  readonly userId: string;
  readonly ids: readonly string[];
  readonly locked: boolean;
}

/** A subject that a bulk change did not change, and why. */
export interface Refusal {
  readonly id: string;
  readonly error: AppError;
}

/** Idempotent: a second lock keeps who locked it, and when. Returns the ids that changed; those in the trash do not. */
export async function setRunLocks({ connection }: Transaction, change: LockChange): Promise<string[]> {
  await changeLocks(connection, change.workspaceId);
  const { workspaceId, userId, ids, locked } = change;
  const rows = await connection.$queryRaw<{ id: string }[]>`
    UPDATE runs SET locked_at = CASE WHEN ${locked} THEN now() END, locked_by_id = CASE WHEN ${locked} THEN ${userId} END
    WHERE id = ANY (${[...ids]}) AND workspace_id = ${workspaceId} AND trashed_at IS NULL AND (locked_at IS NULL) = ${locked} RETURNING id`;
  return rows.map(({ id }) => id);
}

/** As `setRunLocks`. */
export async function setExperimentLocks({ connection }: Transaction, change: LockChange): Promise<string[]> {
  await changeLocks(connection, change.workspaceId);
  const { workspaceId, userId, ids, locked } = change;
  const rows = await connection.$queryRaw<{ id: string }[]>`
    UPDATE experiments SET locked_at = CASE WHEN ${locked} THEN now() END, locked_by_id = CASE WHEN ${locked} THEN ${userId} END
    WHERE id = ANY (${[...ids]}) AND workspace_id = ${workspaceId} AND trashed_at IS NULL AND (locked_at IS NULL) = ${locked} RETURNING id`;
  return rows.map(({ id }) => id);
}

/** The lock of a run or an experiment itself. */
export interface OwnLock {
  readonly id: string;
  readonly lockedAt: Date | null;
  readonly lockedById: string | null;
}

export function findRunLocks(connection: Connection, ids: readonly string[]): Promise<OwnLock[]> {
  return connection.run.findMany({
    where: { id: { in: [...ids] }, trashedAt: null },
    select: { id: true, lockedAt: true, lockedById: true },
  });
}

export function findExperimentLocks(connection: Connection, ids: readonly string[]): Promise<OwnLock[]> {
  return connection.experiment.findMany({
    where: { id: { in: [...ids] }, trashedAt: null },
    select: { id: true, lockedAt: true, lockedById: true },
  });
}
