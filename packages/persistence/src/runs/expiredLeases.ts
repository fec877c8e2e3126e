/**
 * Frees the runs whose worker has gone silent, and finds queued runs whose job may have been lost. Any number of workers may sweep at once:
 * each run is freed by one of them. A locked row is skipped, never waited for.
 */
import type { RunControl, RunState } from "@pareidolia/core/runState";
import { settleLinks } from "../chains/settleLinks.ts";
import type { Connection, Transaction } from "../database/database.ts";
import { appendRunEvent } from "./runEvents.ts";

/** Claims without a checkpoint after which a run counts as CRASHED: it takes its workers down with it. FAILED is what a worker says itself. */
export const mostAttempts = 5;

/** A job is picked up within milliseconds where a worker is free; enqueuing one that waits already does nothing. */
const queuedTooLong = "10 seconds";

interface ExpiredRun {
  readonly id: string;
  readonly control: RunControl;
  readonly attempts: number;
}

interface Outcome {
  readonly state: RunState;
  readonly reason: string;
}

function outcomeOf({ control, attempts }: ExpiredRun): Outcome {
  if (control === "PAUSE") return { state: "PAUSED", reason: "Paused, though its worker was lost before the next checkpoint." };
  if (control === "CANCEL") return { state: "CANCELLED", reason: "Cancelled, though its worker was lost before the next checkpoint." };
  if (attempts >= mostAttempts)
    return {
      state: "CRASHED",
      reason: `Its worker was lost ${attempts} times in a row without reaching a checkpoint. Resume it to try again.`,
    };
  return { state: "QUEUED", reason: "Its worker was lost. It goes on from its last checkpoint." };
}

/** After a sweep: the runs that it had to skip because their rows are locked. */
export async function countExpiredLeases(connection: Connection): Promise<number> {
  const [row] = await connection.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM runs WHERE state = 'RUNNING' AND lease_expires_at < now()`;
  return row?.count ?? 0;
}

/** Returns the runs to enqueue, which the caller does in the same transaction. */
export async function sweepExpiredLeases({ connection }: Transaction): Promise<readonly string[]> {
  const expired = await connection.$queryRaw<ExpiredRun[]>`
    SELECT id, control::text, attempts FROM runs WHERE state = 'RUNNING' AND lease_expires_at < now()
    ORDER BY lease_expires_at LIMIT 100 FOR UPDATE SKIP LOCKED`;
  for (const run of expired) {
    const { state, reason } = outcomeOf(run);
    const ended = state === "CANCELLED" || state === "CRASHED";
    await connection.$executeRaw`
      UPDATE runs SET state = ${state}::"RunState", control = 'NONE', lease_token = NULL, lease_expires_at = NULL, evaluations_under_way = 0, updated_at = now(),
        failure = CASE WHEN ${state === "CRASHED"} THEN ${reason} ELSE failure END, ended_at = CASE WHEN ${ended} THEN now() END
      WHERE id = ${run.id}`;
    await settleLinks(connection, run.id, state);
    await appendRunEvent(connection, run.id, { kind: "STATE", payload: { from: "RUNNING", to: state, reason } });
  }
  const queued = await connection.$queryRaw<{ id: string }[]>`
    SELECT id FROM runs WHERE state = 'QUEUED' AND (updated_at < now() - ${queuedTooLong}::interval OR id = ANY (${expired.map(({ id }) => id)}))
    ORDER BY created_at LIMIT 1000`;
  return queued.map(({ id }) => id);
}
