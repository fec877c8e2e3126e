/**
 * Pauses runs during an outage. A worker whose object store fails sets its run to PAUSED with the reason, and any worker queues the run once
 * the store works again. Meanwhile users can pause the run permanently, resume or cancel it.
 */
import type { RunState } from "@pareidolia/core/runState";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { settleLinks } from "../chains/settleLinks.ts";
import { type Lease, leaseLost } from "./lease.ts";
import { appendRunEvent } from "./runEvents.ts";
import { countSeconds } from "./runTimes.ts";

const shortestPause = 5;
const maxPause = 60;

interface Outage extends Lease {
  /** A human-readable sentence. */
  readonly reason: string;
}

function explain(state: RunState, reason: string): string {
  if (state === "CANCELLED") return "Cancelled by a user during an outage.";
  return `Waiting for an outage to end. ${reason}`;
}

/**
 * Pauses a run that cannot be saved, or cancels it if a user has requested that. Consecutive pauses grow longer.
 * @throws AppError LEASE_LOST
 */
export async function pauseForOutage({ connection }: Transaction, { runId, leaseToken, reason }: Outage): Promise<RunState> {
  const [run] = await connection.$queryRaw<{ state: RunState; isRequested: boolean }[]>`
    WITH held AS (
      SELECT id, control FROM runs WHERE id = ${runId} AND lease_token = ${leaseToken} AND state = 'RUNNING' FOR UPDATE
    )
    UPDATE runs r SET
      state = CASE h.control WHEN 'CANCEL' THEN 'CANCELLED' ELSE 'PAUSED' END::"RunState",
      outage = CASE WHEN h.control = 'NONE' THEN ${reason} END,
      outage_since = coalesce(r.outage_since, now()),
      outage_retry_at = now() + interval '1 second' *
        least(${maxPause}, greatest(${shortestPause}, extract(epoch FROM now() - coalesce(r.outage_since, now())) / 2)),
      control = 'NONE', lease_token = NULL, lease_expires_at = NULL, evaluations_under_way = 0, attempts = 0, updated_at = now(),
      ${countSeconds}, ended_at = CASE WHEN h.control = 'CANCEL' THEN now() END
    FROM held h WHERE r.id = h.id
    RETURNING r.state::text, h.control <> 'NONE' AS "isRequested"`;
  if (run === undefined) throw leaseLost();
  const { state, isRequested } = run;
  await settleLinks(connection, runId, state);
  const text = state === "PAUSED" && isRequested ? "Paused by a user during an outage." : explain(state, reason);
  await appendRunEvent(connection, runId, { kind: "STATE", payload: { from: "RUNNING", to: state, reason: text } });
  return state;
}

/** Queues a run whose worker stops during an outage. The caller enqueues its job. @throws AppError LEASE_LOST */
export async function handBackRun({ connection }: Transaction, { runId, leaseToken, reason }: Outage): Promise<void> {
  const count = await connection.$executeRaw`
    UPDATE runs r SET state = 'QUEUED', control = 'NONE', lease_token = NULL, lease_expires_at = NULL, evaluations_under_way = 0, attempts = 0,
      ${countSeconds}, updated_at = now()
    WHERE id = ${runId} AND lease_token = ${leaseToken} AND state = 'RUNNING' AND control = 'NONE'`;
  if (count === 0) throw leaseLost();
  await settleLinks(connection, runId, "QUEUED");
  await appendRunEvent(connection, runId, { kind: "STATE", payload: { from: "RUNNING", to: "QUEUED", reason } });
}

export async function hasRunsToResume(connection: Connection): Promise<boolean> {
  const rows = await connection.$queryRaw<unknown[]>`
    SELECT 1 FROM runs WHERE state = 'PAUSED' AND outage IS NOT NULL AND trashed_at IS NULL AND outage_retry_at <= now() LIMIT 1`;
  return rows.length > 0;
}

async function lockRunsToResume(connection: Connection): Promise<readonly string[]> {
  const rows = await connection.$queryRaw<{ id: string }[]>`
    SELECT id FROM runs WHERE state = 'PAUSED' AND outage IS NOT NULL AND trashed_at IS NULL AND outage_retry_at <= now()
    ORDER BY outage_since, created_at LIMIT 100 FOR UPDATE SKIP LOCKED`;
  return rows.map(({ id }) => id);
}

async function queueAfterOutage(connection: Connection, runId: string): Promise<void> {
  await connection.$executeRaw`UPDATE runs SET state = 'QUEUED', outage = NULL, updated_at = now() WHERE id = ${runId}`;
}

/** Queues the runs whose pause is over and returns their ids. The caller enqueues their jobs in the same transaction. */
export async function resumeAfterOutage({ connection }: Transaction): Promise<readonly string[]> {
  const runIds = await lockRunsToResume(connection);
  for (const id of runIds) {
    await queueAfterOutage(connection, id);
    await settleLinks(connection, id, "QUEUED");
    const reason = "The outage is over. The run continues from its last checkpoint.";
    await appendRunEvent(connection, id, { kind: "STATE", payload: { from: "PAUSED", to: "QUEUED", reason } });
  }
  return runIds;
}
