/**
 * Starts the log of changes over in a database that was restored from a backup. Its transactions have other numbers than those in the log,
 * and clients may have seen changes that the backup does not contain, so no earlier number may be resumed from.
 */

import { Prisma } from "../../generated/client.ts";
import type { Transaction } from "../../server/database/database.ts";

/** Differs after a restore: into another cluster, into another database, over the old tables, or to a point in time (a new timeline). */
const origin = Prisma.sql`(SELECT concat_ws('/', (pg_control_system()).system_identifier,
  substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8), d.oid, 'workspace_changes'::regclass::oid)
  FROM pg_database d WHERE d.datname = current_database())`;

/** New numbers start at the milliseconds since 1970: higher than earlier ones, unless there were over 1,000 transactions a second. */
const firstNumber = Prisma.sql`floor(extract(epoch FROM now()) * 1000)::bigint`;

/** Call it at the start of a process that reads the log. Returns whether the log was started over. */
export async function renumberRestoredLog({ connection }: Transaction): Promise<boolean> {
  const restored = await connection.$queryRaw<object[]>`
    SELECT 1 FROM workspace_changes_floor WHERE origin IS DISTINCT FROM ${origin} FOR UPDATE`;
  if (restored.length === 0) return false;
  // First, because the deletion raises the floor to the numbers of the deleted rows.
  await connection.$executeRaw`DELETE FROM workspace_changes`;
  // Readers get the number of the oldest open transaction, in any database of the server, and it may be older than this one.
  await connection.$executeRaw`
    UPDATE workspace_changes_floor SET origin = ${origin}, transaction_id = oldest, number_offset = greatest(0, ${firstNumber} - oldest)
    FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest) AS running`;
  return true;
}
