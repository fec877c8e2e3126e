/** The right to write to a run, held by a worker for some seconds at a time and proven by its token. */
import { AppError } from "@pareidolia/core/appError";
import type { RunControl } from "@pareidolia/core/runState";
import { settleLinks } from "../chains/settleLinks.ts";
import type { Connection, Transaction } from "../database/database.ts";
import { appendRunEvent } from "./runEvents.ts";

export interface Lease {
  readonly runId: string;
  readonly leaseToken: string;
}

export function leaseLost(): AppError {
  return new AppError("LEASE_LOST", "Another worker has this run now, or it has ended.");
}

/**
 * Prolongs the lease and says what has been asked of its holder. A lease that has run out and that nobody swept is prolonged as well.
 * @throws AppError LEASE_LOST
 */
export async function renewLease(connection: Connection, { runId, leaseToken }: Lease, leaseSeconds: number): Promise<RunControl> {
  const [row] = await connection.$queryRaw<{ control: RunControl }[]>`
    UPDATE runs SET lease_expires_at = now() + ${leaseSeconds} * interval '1 second'
    WHERE id = ${runId} AND lease_token = ${leaseToken} AND state = 'RUNNING' RETURNING control::text`;
  if (row === undefined) throw leaseLost();
  return row.control;
}

/** @throws AppError LEASE_LOST */
export async function writeManifest(connection: Connection, { runId, leaseToken }: Lease, manifest: unknown): Promise<void> {
  const count = await connection.$executeRaw`
    UPDATE runs SET manifest = ${JSON.stringify(manifest)}::jsonb, updated_at = now() WHERE id = ${runId} AND lease_token = ${leaseToken}`;
  if (count === 0) throw leaseLost();
}

/** Ends a run that cannot go on. `reason` is a sentence for people. @throws AppError LEASE_LOST */
export async function failRun({ connection }: Transaction, { runId, leaseToken }: Lease, reason: string): Promise<void> {
  const count = await connection.$executeRaw`
    UPDATE runs SET state = 'FAILED', failure = ${reason}, control = 'NONE', lease_token = NULL, lease_expires_at = NULL,
      ended_at = now(), updated_at = now()
    WHERE id = ${runId} AND lease_token = ${leaseToken} AND state = 'RUNNING'`;
  if (count === 0) throw leaseLost();
  await settleLinks(connection, runId, "FAILED");
  await appendRunEvent(connection, runId, { kind: "STATE", payload: { from: "RUNNING", to: "FAILED", reason } });
}
