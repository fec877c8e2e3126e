/**
 * Stores a run's result at a rung of successive halving, and lets it wait there. Called by its worker in the transaction in which it leaves
 * the run.
 */
import type { Connection } from "../../server/database/database.ts";

/** Rungs that the run has passed; null for an unknown run. */
export async function findRung(connection: Connection, runId: string): Promise<number | null> {
  const row = await connection.run.findUnique({ where: { id: runId }, select: { rung: true } });
  return row?.rung ?? null;
}

/** The run's row has its median already. Repeated after a lost acknowledgement, it changes nothing. */
export async function reachRung(connection: Connection, { runId, rung }: { readonly runId: string; readonly rung: number }): Promise<void> {
  await connection.$executeRaw`
    INSERT INTO rung_results (run_id, rung, median) SELECT id, rung, median FROM runs
    WHERE id = ${runId} AND rung = ${rung} AND state = 'QUEUED' AND median IS NOT NULL ON CONFLICT DO NOTHING`;
  await connection.$executeRaw`
    UPDATE runs SET admitted_at = NULL, rung_reached_at = coalesce(rung_reached_at, now()), updated_at = now()
    WHERE id = ${runId} AND rung = ${rung} AND state = 'QUEUED'`;
}
