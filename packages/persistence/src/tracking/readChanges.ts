/**
 * Reads a workspace's log of changes. A position is the number of a transaction before which all others had ended: a change that was not
 * visible then has a row from this number on, whenever its transaction commits. Some changes that were visible may have such a row, too.
 */
import type { Connection } from "../database/database.ts";
import type { Scope } from "../scope/scope.ts";
import type { ChangedSubjects } from "./notifyChanges.ts";

/** Where a reader of the log is. */
export interface LogPlace {
  readonly position: number;
  /** Tells which rows from the position on were visible; null for a client that only knows its position, and may get them again. */
  readonly snapshot: string | null;
}

interface Now extends LogPlace {
  /** The first position from which the log is still complete. */
  readonly floor: number;
}

export interface LoggedChanges extends Now {
  /** Each null if anything may have changed. */
  readonly changes: readonly (ChangedSubjects | null)[];
}

const nothing: ChangedSubjects = { runIds: [], experimentIds: [], sweepIds: [], savedComparisonIds: [], webhooks: [], bulkQueries: [] };

export async function readPlace(connection: Connection): Promise<Now> {
  const [row] = await connection.$queryRaw<[Now]>`
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::float8 AS position, pg_current_snapshot()::text AS snapshot,
      transaction_id::float8 AS floor
    FROM workspace_changes_floor`;
  return row;
}

/** At most `most` changes since the place, in one snapshot with the floor and the next place. */
export async function readChanges(
  connection: Connection,
  { workspaceId }: Scope,
  { since, most }: { readonly since: LogPlace; readonly most: number },
): Promise<LoggedChanges> {
  const rows = await connection.$queryRaw<(Now & { isChange: boolean; changed: Partial<ChangedSubjects> | null })[]>`
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::float8 AS position, pg_current_snapshot()::text AS snapshot,
      f.transaction_id::float8 AS floor, c.transaction_id IS NOT NULL AS "isChange", c.changed
    FROM workspace_changes_floor f LEFT JOIN LATERAL (
      SELECT transaction_id, changed FROM workspace_changes
      WHERE workspace_id = ${workspaceId} AND transaction_id >= ${since.position}::bigint
        AND pg_visible_in_snapshot(transaction_id::text::xid8, ${since.snapshot}::text::pg_snapshot) IS NOT TRUE
      LIMIT ${most}) c ON true`;
  const { position = 0, snapshot = null, floor = 0 } = rows[0] ?? {};
  const changes = rows.filter(({ isChange }) => isChange).map(({ changed }) => (changed === null ? null : { ...nothing, ...changed }));
  return { position, snapshot, floor, changes };
}
