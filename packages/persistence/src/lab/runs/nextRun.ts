/**
 * The run that a free worker computes. A job only says that a run waits: whose turn it is depends on what has been computed until a worker
 * is free, so it is decided then.
 */
import { takeTurns, type WorkspaceTurn } from "@pareidolia/core/runTurns";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { liveRuns } from "../../server/scope/live.ts";

interface WaitingRun {
  /** The run of the worker's job. */
  readonly runId: string;
  /** Kinds of runs that the worker knows. */
  readonly kinds: readonly string[];
}

function readTurns(connection: Connection, kinds: readonly string[]): Promise<WorkspaceTurn[]> {
  return connection.$queryRaw<WorkspaceTurn[]>`
    WITH active AS (
      SELECT r.workspace_id, count(*) FILTER (WHERE r.state = 'RUNNING')::int AS running,
        coalesce(sum(extract(epoch FROM now() - r.claimed_at)) FILTER (WHERE r.state = 'RUNNING'), 0)::float8 AS seconds,
        min(extract(epoch FROM r.created_at) * 1000) FILTER (WHERE r.state = 'QUEUED' AND r.kind = ANY (${[...kinds]}))::float8 AS since
      FROM ${liveRuns} r
      WHERE r.state IN ('QUEUED', 'RUNNING') AND (r.state = 'RUNNING' OR r.sweep_id IS NULL OR r.admitted_at IS NOT NULL)
      GROUP BY r.workspace_id
    )
    SELECT w.id AS "workspaceId", w.run_share AS share, w.run_limit AS "limit", coalesce(a.running, 0) AS running,
      coalesce(a.seconds, 0) AS "runningSeconds", a.since AS "waitingSince", c.clock
    FROM active a FULL JOIN run_clocks c ON c.workspace_id = a.workspace_id JOIN workspaces w ON w.id = coalesce(a.workspace_id, c.workspace_id)`;
}

async function advanceClocks(connection: Connection, advance: ReadonlyMap<string, number>): Promise<void> {
  if (advance.size === 0) return;
  await connection.$executeRaw`
    INSERT INTO run_clocks AS c (workspace_id, clock) SELECT * FROM unnest(${[...advance.keys()]}::text[], ${[...advance.values()]}::float8[])
    ON CONFLICT (workspace_id) DO UPDATE SET clock = c.clock + EXCLUDED.clock`;
}

/** Runs of a higher priority first, then the run of the job, then older runs. */
async function firstOfWorkspace(connection: Connection, workspaceId: string, { runId, kinds }: WaitingRun): Promise<string | null> {
  const [row] = await connection.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM ${liveRuns} r
    WHERE r.workspace_id = ${workspaceId} AND r.state = 'QUEUED' AND r.kind = ANY (${[...kinds]})
      AND (r.sweep_id IS NULL OR r.admitted_at IS NOT NULL)
    ORDER BY r.priority DESC, r.id = ${runId} DESC, r.created_at, r.number LIMIT 1`;
  return row?.id ?? null;
}

/** Null if no run waits, or only runs of workspaces that are at their limit. Two workers get different runs: the second waits for the first's claim. */
export async function takeNextRun({ connection }: Transaction, waiting: WaitingRun): Promise<string | null> {
  await connection.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('pareidolia_run_turns'))`;
  const { next, advance, forget } = takeTurns(await readTurns(connection, waiting.kinds));
  await advanceClocks(connection, advance);
  if (forget.length > 0) await connection.runClock.deleteMany({ where: { workspaceId: { in: [...forget] } } });
  return next === null ? null : firstOfWorkspace(connection, next, waiting);
}

/** Whether a run of a kind that the worker knows still waits for a worker. */
export async function waitsForWorker({ connection }: Transaction, { runId, kinds }: WaitingRun): Promise<boolean> {
  const rows = await connection.$queryRaw<unknown[]>`
    SELECT FROM ${liveRuns} r WHERE r.id = ${runId} AND r.state = 'QUEUED' AND r.kind = ANY (${[...kinds]})
      AND (r.sweep_id IS NULL OR r.admitted_at IS NOT NULL)`;
  return rows.length > 0;
}
