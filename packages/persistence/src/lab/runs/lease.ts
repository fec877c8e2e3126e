/** A worker's exclusive right to write to a run, with a token and an expiry time. */
import { AppError } from "@pareidolia/core/appError";
import type { RunControl } from "@pareidolia/core/runState";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { settleLinks } from "../chains/settleLinks.ts";
import { appendRunEvent } from "./runEvents.ts";
import { countSeconds } from "./runTimes.ts";

export interface Lease {
  readonly runId: string;
  readonly leaseToken: string;
}

export function leaseLost(): AppError {
  return new AppError("LEASE_LOST", "Another worker has this run now, or it has ended.");
}

/**
 * Extends the lease, even after its expiry if no other worker has freed the run, and returns the request that its holder must follow.
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

/** Ends a run on an error. `reason` is a human-readable sentence. @throws AppError LEASE_LOST */
export async function failRun({ connection }: Transaction, { runId, leaseToken }: Lease, reason: string): Promise<void> {
  const count = await connection.$executeRaw`
    UPDATE runs r SET state = 'FAILED', failure = ${reason}, control = 'NONE', lease_token = NULL, lease_expires_at = NULL,
      ${countSeconds}, ended_at = now(), updated_at = now()
    WHERE id = ${runId} AND lease_token = ${leaseToken} AND state = 'RUNNING'`;
  if (count === 0) throw leaseLost();
  await settleLinks(connection, runId, "FAILED");
  await appendRunEvent(connection, runId, { kind: "STATE", payload: { from: "RUNNING", to: "FAILED", reason } });
}
