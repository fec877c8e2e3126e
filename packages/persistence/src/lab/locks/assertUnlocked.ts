/**
 * The guard of locked runs and experiments. A locked subject cannot be changed, moved, trashed, restored or deleted, and retention leaves it
 * alone; an experiment's lock holds for its runs. Each mutation of a run or an experiment calls this guard first in its transaction.
 */
import { AppError } from "@pareidolia/core/appError";
import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { holdLocks } from "./holdLocks.ts";

/** Who locked a subject, and which: a run may be locked with its experiment. */
export interface Lock {
  /** Of the run or experiment that was to be changed. */
  readonly key: string;
  /** Of the run or experiment that is locked. */
  readonly lockedKey: string;
  readonly lockedAt: Date;
  /** Null once the account is deleted. */
  readonly lockedBy: string | null;
}

/** SQL for a run `r` and its experiment `x`: columns of `LockColumns`. */
export const lockOfRun = Prisma.sql`coalesce(r.locked_at, x.locked_at) AS "lockedAt", r.locked_at IS NULL AND x.locked_at IS NOT NULL AS "lockedWithExperiment",
  (SELECT u.name FROM users u WHERE u.id = CASE WHEN r.locked_at IS NULL THEN x.locked_by_id ELSE r.locked_by_id END) AS "lockedBy"`;

export interface LockColumns {
  readonly lockedAt: Date | null;
  readonly lockedWithExperiment: boolean;
  readonly lockedBy: string | null;
}

/** Names who locked it and what to do. */
export function lockedError({ key, lockedKey, lockedBy }: Lock): AppError {
  const who = lockedBy ?? "A former member";
  const sentence = key === lockedKey ? `${who} locked ${key}.` : `${key} belongs to ${lockedKey}, which ${who} locked.`;
  return new AppError("CONFLICT", `${sentence} Unlock ${lockedKey} to change it.`);
}

/** The lock of a run with its experiment; null without one. */
export function lockOf(run: LockColumns & { readonly number: number; readonly experimentNumber: number }): Lock | null {
  if (run.lockedAt === null) return null;
  const key = `RUN-${run.number}`;
  const lockedKey = run.lockedWithExperiment ? `EXP-${run.experimentNumber}` : key;
  return { key, lockedKey, lockedAt: run.lockedAt, lockedBy: run.lockedBy };
}

interface Subjects {
  readonly workspaceId: string;
  readonly runIds?: readonly string[];
  readonly experimentIds?: readonly string[];
}

/** The locks of these runs and experiments. Until the transaction ends, no member adds one. */
export async function locksOf(connection: Connection, { workspaceId, runIds = [], experimentIds = [] }: Subjects): Promise<Lock[]> {
  await holdLocks(connection, workspaceId);
  return connection.$queryRaw<Lock[]>`
    SELECT 'RUN-' || r.number AS key, CASE WHEN r.locked_at IS NULL THEN 'EXP-' || x.number ELSE 'RUN-' || r.number END AS "lockedKey",
      coalesce(r.locked_at, x.locked_at) AS "lockedAt", u.name AS "lockedBy"
    FROM runs r JOIN experiments x ON x.id = r.experiment_id
      LEFT JOIN users u ON u.id = CASE WHEN r.locked_at IS NULL THEN x.locked_by_id ELSE r.locked_by_id END
    WHERE r.id = ANY (${[...runIds]}) AND (r.locked_at IS NOT NULL OR x.locked_at IS NOT NULL)
    UNION ALL
    SELECT 'EXP-' || x.number, 'EXP-' || x.number, x.locked_at, u.name FROM experiments x LEFT JOIN users u ON u.id = x.locked_by_id
    WHERE x.id = ANY (${[...experimentIds]}) AND x.locked_at IS NOT NULL`;
}

/** @throws AppError CONFLICT for the first locked subject. */
export async function assertUnlocked(connection: Connection, subjects: Subjects): Promise<void> {
  const [lock] = await locksOf(connection, subjects);
  if (lock !== undefined) throw lockedError(lock);
}
