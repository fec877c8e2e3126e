/**
 * Frees runs whose lease has expired, and finds queued runs whose job may have been lost. Any number of workers may do this at once; one of
 * them frees each run. Locked rows are skipped.
 */
import type { RunControl, RunState } from "@pareidolia/core/runState";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { settleLinks } from "../chains/settleLinks.ts";
import { appendRunEvent } from "./runEvents.ts";

/** Claims without a checkpoint after which a run is CRASHED, because it may be what ends its workers. FAILED is an error that a worker reports. */
export const maxAttempts = 5;

/** A free worker takes a job within milliseconds. Enqueuing a job that is already queued does nothing. */
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
  if (control === "PAUSE") return { state: "PAUSED", reason: "Paused. Its worker was lost before the next checkpoint." };
  if (control === "CANCEL") return { state: "CANCELLED", reason: "Cancelled. Its worker was lost before the next checkpoint." };
  if (attempts >= maxAttempts)
    return {
      state: "CRASHED",
      reason: `Its worker was lost ${attempts} times in a row without reaching a checkpoint. Resume it to try again.`,
    };
  return { state: "QUEUED", reason: "Its worker was lost. The run continues from its last checkpoint." };
}

/** Counts runs with an expired lease; after `requeueExpiredRuns`, those whose rows are locked. */
export async function countExpiredLeases(connection: Connection): Promise<number> {
  const [row] = await connection.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM runs WHERE state = 'RUNNING' AND lease_expires_at < now()`;
  return row?.count ?? 0;
}

function lockExpiredRuns(connection: Connection): Promise<readonly ExpiredRun[]> {
  return connection.$queryRaw<ExpiredRun[]>`
    SELECT id, control::text, attempts FROM runs WHERE state = 'RUNNING' AND lease_expires_at < now()
    ORDER BY lease_expires_at LIMIT 100 FOR UPDATE SKIP LOCKED`;
}

async function freeRun(connection: Connection, id: string, { state, reason }: Outcome): Promise<void> {
  const ended = state === "CANCELLED" || state === "CRASHED";
  await connection.$executeRaw`
    UPDATE runs SET state = ${state}::"RunState", control = 'NONE', lease_token = NULL, lease_expires_at = NULL, evaluations_under_way = 0, updated_at = now(),
      failure = CASE WHEN ${state === "CRASHED"} THEN ${reason} ELSE failure END, ended_at = CASE WHEN ${ended} THEN now() END
    WHERE id = ${id}`;
}

/** Runs that were just freed, and runs that have been queued for long. */
async function findRunsToEnqueue(connection: Connection, freed: readonly string[]): Promise<readonly string[]> {
  const rows = await connection.$queryRaw<{ id: string }[]>`
    SELECT id FROM runs WHERE state = 'QUEUED' AND trashed_at IS NULL AND (sweep_id IS NULL OR admitted_at IS NOT NULL)
      AND (updated_at < now() - ${queuedTooLong}::interval OR id = ANY (${[...freed]}))
    ORDER BY created_at LIMIT 1000`;
  return rows.map(({ id }) => id);
}

/** Returns the runs to enqueue. The caller enqueues them in the same transaction. */
export async function requeueExpiredRuns({ connection }: Transaction): Promise<readonly string[]> {
  const expired = await lockExpiredRuns(connection);
  for (const run of expired) {
    const { state, reason } = outcomeOf(run);
    await freeRun(connection, run.id, { state, reason });
    await settleLinks(connection, run.id, state);
    await appendRunEvent(connection, run.id, { kind: "STATE", payload: { from: "RUNNING", to: state, reason } });
  }
  return findRunsToEnqueue(
    connection,
    expired.map(({ id }) => id),
  );
}
