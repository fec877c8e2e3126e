/**
 * Appends to the log of a run. Event numbers come from the run's row, whose lock orders the writers, so the log has no gaps, and a reader of
 * event n can rely on all earlier events.
 */
import type { RunState } from "@pareidolia/core/runState";
import type { Connection } from "../../server/database/database.ts";

/** `from` is null for the run's first event. */
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
  /** Ids of trajectories, perturbations or links that are new or have changed. Empty in some logs of earlier versions. */
  readonly payload: Readonly<Record<string, readonly string[]>>;
}

export type RunEvent = StateEvent | CheckpointEvent | ProgressEvent;

/** Writes `events` with numbers up to `lastSeq`, which the caller has reserved in the run's row. */
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

/** Notifies the API of progress without an event: it has no number, and subscriptions cannot replay it. */
export async function notifyFollowers(connection: Connection, runId: string): Promise<void> {
  await connection.$executeRaw`SELECT pg_notify('pareidolia_run_events', ${runId} || ':')`;
}

/** Reserves the next event number; null for an unknown run. */
async function takeSeq(connection: Connection, runId: string): Promise<number | null> {
  const [row] = await connection.$queryRaw<{ seq: number }[]>`
    UPDATE runs SET event_seq = event_seq + 1, updated_at = now() WHERE id = ${runId} RETURNING event_seq AS seq`;
  return row?.seq ?? null;
}

export async function appendRunEvent(connection: Connection, runId: string, event: RunEvent): Promise<void> {
  const seq = await takeSeq(connection, runId);
  if (seq !== null) await writeRunEvents(connection, runId, seq, [event]);
}
