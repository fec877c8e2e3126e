/**
 * Gives slots to the waiting runs of sweeps. At most as many runs of a workspace wait in the job queue as there are workers, so a sweep of
 * 2,000 runs never fills the queue, and pausing it takes back a few jobs. Workers choose among the runs with slots (runs/nextRun.ts).
 */
import type { Connection, Transaction } from "../../server/database/database.ts";
import { liveRuns } from "../../server/scope/live.ts";
import { settleRungs } from "./settleRungs.ts";

/** A worker that has been silent for longer does not count. */
const maxSilence = "15 seconds";
const mostAtOnce = 100;

/** Sweeps without unfinished runs have succeeded, also paused ones; one whose failed run was resumed is running again. */
async function settleSweeps(connection: Connection): Promise<void> {
  await connection.$executeRaw`
    UPDATE sweeps s SET state = 'SUCCEEDED', reason = 'All runs have ended.', ended_at = now(), updated_at = now()
    WHERE s.state IN ('RUNNING', 'PAUSED') AND NOT EXISTS (
      SELECT FROM ${liveRuns} r WHERE r.sweep_id = s.id AND r.state IN ('QUEUED', 'RUNNING', 'PAUSED'))`;
  await connection.$executeRaw`
    UPDATE sweeps s SET state = 'RUNNING', reason = 'A run was resumed.', ended_at = NULL, updated_at = now()
    WHERE s.state = 'SUCCEEDED' AND EXISTS (
      SELECT FROM ${liveRuns} r WHERE r.sweep_id = s.id AND r.state IN ('QUEUED', 'RUNNING', 'PAUSED'))`;
}

/**
 * Running sweeps, which cannot be paused, cancelled or changed until this transaction ends: those statements then find the admitted runs.
 * Sweeps that are being changed are skipped, since their transactions may wait for the lock of admissions.
 */
async function lockRunningSweeps(connection: Connection): Promise<readonly string[]> {
  const rows = await connection.$queryRaw<{ id: string }[]>`SELECT id FROM sweeps WHERE state = 'RUNNING' FOR SHARE SKIP LOCKED`;
  return rows.map(({ id }) => id);
}

/** The first waiting runs of each of the sweeps, within its concurrency, then within the slots and the limit of its workspace. */
function admit(connection: Connection, sweepIds: readonly string[]): Promise<{ readonly id: string }[]> {
  return connection.$queryRaw<{ readonly id: string }[]>`
    WITH slots AS (
      SELECT greatest(1, count(*))::int AS count FROM workers WHERE stopped_at IS NULL AND heartbeat_at > now() - ${maxSilence}::interval
    ), active AS (
      SELECT r.workspace_id, r.sweep_id, r.state FROM ${liveRuns} r
      WHERE r.state IN ('QUEUED', 'RUNNING') AND (r.state = 'RUNNING' OR r.sweep_id IS NULL OR r.admitted_at IS NOT NULL)
    ), workspace AS (
      SELECT workspace_id, count(*) FILTER (WHERE state = 'RUNNING')::int AS running, count(*) FILTER (WHERE state = 'QUEUED')::int AS waiting
      FROM active GROUP BY workspace_id
    ), candidate AS (
      SELECT next.id, s.workspace_id, s.priority, s.created_at, next.number FROM sweeps s CROSS JOIN slots
      CROSS JOIN LATERAL (
        SELECT r.id, r.number FROM ${liveRuns} r
        WHERE r.sweep_id = s.id AND r.state = 'QUEUED' AND r.admitted_at IS NULL AND r.rung_reached_at IS NULL
        ORDER BY r.number
        LIMIT CASE WHEN s.concurrency IS NULL THEN slots.count
          ELSE least(slots.count, greatest(0, s.concurrency - (SELECT count(*) FROM active a WHERE a.sweep_id = s.id))) END
      ) next
      WHERE s.id = ANY (${[...sweepIds]}) AND s.state = 'RUNNING'
    ), ranked AS (
      SELECT c.id, c.workspace_id,
        row_number() OVER (PARTITION BY c.workspace_id ORDER BY c.priority DESC, c.created_at, c.number)::int AS rank
      FROM candidate c
    ), chosen AS (
      SELECT k.id FROM ranked k CROSS JOIN slots JOIN workspaces home ON home.id = k.workspace_id
        LEFT JOIN workspace w ON w.workspace_id = k.workspace_id
      WHERE k.rank + coalesce(w.waiting, 0) <= slots.count
        AND (home.run_limit IS NULL OR k.rank + coalesce(w.waiting, 0) + coalesce(w.running, 0) <= home.run_limit)
      ORDER BY k.rank, k.id LIMIT ${mostAtOnce}
    )
    UPDATE runs r SET admitted_at = now(), updated_at = now() FROM chosen
    WHERE r.id = chosen.id AND r.state = 'QUEUED' AND r.admitted_at IS NULL
    RETURNING r.id`;
}

/** Called whenever a slot may be free. Returns IDs of runs; the caller enqueues their jobs in the same transaction. */
export async function admitRuns({ connection }: Transaction): Promise<readonly string[]> {
  // One at a time, so that two do not give away the same slot.
  await connection.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('pareidolia_admit_runs'))`;
  await settleRungs(connection);
  await settleSweeps(connection);
  const admitted = await admit(connection, await lockRunningSweeps(connection));
  return admitted.map(({ id }) => id);
}
