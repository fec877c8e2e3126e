/**
 * The alarm for runs whose row stays locked. A worker that freezes inside a transaction keeps its run's row from the sweep and from
 * people who pause or cancel. `idle_in_transaction_session_timeout` ends most such sessions, but not one that stopped between two
 * messages of a statement. This ends those as well, and at once. A healthy worker that is hit by mistake writes its checkpoint again:
 * commits are fenced and idempotent.
 */
import type { Connection } from "../database/database.ts";

export interface SilentWriter {
  readonly processId: number;
  readonly silentSeconds: number;
}

/**
 * Ends the sessions of our own user in this database that have written or locked a run in an open transaction and whose client has
 * sent nothing for `silentSeconds`. One that is busy with a statement stays, however long that takes.
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
