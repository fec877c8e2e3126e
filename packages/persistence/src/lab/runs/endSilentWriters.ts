/**
 * Ends database sessions that keep a run's row locked. A worker that freezes in a transaction blocks users who pause or cancel its run, and
 * the recovery of expired leases. `idle_in_transaction_session_timeout` ends most such sessions, but not one that stopped between two
 * messages of a statement. If a healthy worker's session is ended by mistake, the worker writes its checkpoint again: commits are
 * fenced and idempotent.
 */
import type { Connection } from "../../server/database/database.ts";

export interface SilentWriter {
  readonly processId: number;
  readonly silentSeconds: number;
}

/**
 * Ends sessions of our own user in this database whose open transaction has written or locked a run and whose client has been silent for
 * `silentSeconds`. Sessions that execute a statement stay, however long it takes.
 */
export function endSilentWriters(connection: Connection, silentSeconds: number): Promise<SilentWriter[]> {
  return connection.$queryRaw<SilentWriter[]>`
    WITH silent AS (
      SELECT a.pid, extract(epoch FROM clock_timestamp() - a.state_change)::float8 AS seconds FROM pg_stat_activity a
      WHERE a.datname = current_database() AND a.usename = current_user AND a.pid <> pg_backend_pid()
        AND a.xact_start IS NOT NULL AND a.wait_event_type = 'Client'
        AND a.state_change < clock_timestamp() - ${silentSeconds} * interval '1 second'
        AND EXISTS (
          SELECT FROM pg_locks l WHERE l.pid = a.pid AND l.granted AND l.relation = 'runs'::regclass
            AND l.mode IN ('RowShareLock', 'RowExclusiveLock')
        )
    )
    SELECT pid AS "processId", seconds AS "silentSeconds" FROM silent WHERE pg_terminate_backend(pid, 1000)`;
}
