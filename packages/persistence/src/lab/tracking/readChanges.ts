/**
 * Reads a workspace's log of changes. A position is a transaction number below which all transactions had ended, plus the log's offset.
 * Changes that were not visible then are logged at or after this number, whenever they commit; so are some changes that were already visible.
 */
import type { Connection } from "../../server/database/database.ts";
import type { Scope } from "../../server/scope/scope.ts";
import type { ChangedSubjects } from "./notifyChanges.ts";

/** A reader's place in the log. */
export interface LogPlace {
  readonly position: number;
  /** Shows which rows from `position` on were visible; null for a client that knows only its position, and may get rows again. */
  readonly snapshot: string | null;
}

interface Now extends LogPlace {
  /** The log is complete from this position on. */
  readonly floor: number;
}

export interface LoggedChanges extends Now {
  /** An element is null if anything may have changed. */
  readonly changes: readonly (ChangedSubjects | null)[];
}

const nothing: ChangedSubjects = { runIds: [], experimentIds: [], sweepIds: [], savedComparisonIds: [], webhooks: [], bulkQueries: [] };

export async function readPlace(connection: Connection): Promise<Now> {
  const [row] = await connection.$queryRaw<[Now]>`
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::float8 + number_offset AS position, pg_current_snapshot()::text AS snapshot,
      transaction_id::float8 + number_offset AS floor
    FROM workspace_changes_floor`;
  return row;
}

/**
 * Reads at most `most` changes since a place, with the floor and the next place from the same snapshot. Transactions that a snapshot does not
 * show had not begun or were under way, so a reader with a snapshot reads no row twice, however long a transaction stays open.
 */
export async function readChanges(
  connection: Connection,
  { workspaceId }: Scope,
  { since, most }: { readonly since: LogPlace; readonly most: number },
): Promise<LoggedChanges> {
  const rows = await connection.$queryRaw<(Now & { isChange: boolean; changed: Partial<ChangedSubjects> | null })[]>`
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::float8 + f.number_offset AS position, pg_current_snapshot()::text AS snapshot,
      f.transaction_id::float8 + f.number_offset AS floor, c.transaction_id IS NOT NULL AS "isChange", c.changed
    FROM workspace_changes_floor f LEFT JOIN LATERAL (
      SELECT transaction_id, changed FROM workspace_changes
      WHERE workspace_id = ${workspaceId}
        AND transaction_id >= coalesce(pg_snapshot_xmax(${since.snapshot}::text::pg_snapshot)::text::bigint, ${since.position}::bigint - f.number_offset)
      UNION ALL
      SELECT transaction_id, changed FROM workspace_changes
      WHERE workspace_id = ${workspaceId}
        AND transaction_id = ANY (ARRAY(SELECT running::text::bigint FROM pg_snapshot_xip(${since.snapshot}::text::pg_snapshot) AS running))
      LIMIT ${most}) c ON true`;
  const { position = 0, snapshot = null, floor = 0 } = rows[0] ?? {};
  const changes = rows.filter(({ isChange }) => isChange).map(({ changed }) => (changed === null ? null : { ...nothing, ...changed }));
  return { position, snapshot, floor, changes };
}
