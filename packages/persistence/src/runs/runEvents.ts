/**
 * Appends to the log of a run. The number comes from the run's own row, whose lock orders the writers, so the log has
 * no gaps and a reader that saw n has seen everything before n.
 */
import type { RunState } from "@pareidolia/core/runState";
import type { Connection } from "../database/database.ts";

/** `from` is null for the run's first line. */
export interface StateEvent {
  readonly kind: "STATE";
  readonly payload: { readonly from: RunState | null; readonly to: RunState; readonly reason: string };
}

export interface CheckpointEvent {
  readonly kind: "CHECKPOINT";
  /** Generations `from` to `to` are stored, and these elites are new. */
  readonly payload: { readonly from: number; readonly to: number; readonly eliteIds: readonly string[] };
}

export interface ProgressEvent {
  readonly kind: "PROGRESS";
  /** Ids of trajectories, perturbations or links that are new or have moved on. Logs of earlier versions have empty ones, too. */
  readonly payload: Readonly<Record<string, readonly string[]>>;
}

export type RunEvent = StateEvent | CheckpointEvent | ProgressEvent;

/** Writes `events` under the numbers that end with `lastSeq`, which the caller has taken from the run's row. */
export async function writeRunEvents(connection: Connection, runId: string, lastSeq: number, events: readonly RunEvent[]): Promise<void> {
  if (events.length === 0) return;
  const first = lastSeq - events.length + 1;
  const rows = events.map(({ kind, payload }, i) => ({ seq: first + i, kind, payload }));
  await connection.$executeRaw`
    WITH event AS (
      INSERT INTO run_events (run_id, seq, kind, payload)
      SELECT ${runId}, e.seq, e.kind, e.payload FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS e (seq int, kind text, payload jsonb)
      RETURNING seq
    )
    SELECT pg_notify('pareidolia_run_events', ${runId} || ':' || seq) FROM event`;
}

/** Says to whoever follows the run just now that it came further; without a number, since no log has it and nobody hears it again. */
export async function tellFollowers(connection: Connection, runId: string): Promise<void> {
  await connection.$executeRaw`SELECT pg_notify('pareidolia_run_events', ${runId} || ':')`;
}

export async function appendRunEvent(connection: Connection, runId: string, event: RunEvent): Promise<void> {
  const [row] = await connection.$queryRaw<{ seq: number }[]>`
    UPDATE runs SET event_seq = event_seq + 1, updated_at = now() WHERE id = ${runId} RETURNING event_seq AS seq`;
  if (row !== undefined) await writeRunEvents(connection, runId, row.seq, [event]);
}
