/**
 * Claims a queued run for a worker. Correctness depends on the claim and not on the job: only one caller finds the run QUEUED, and its token
 * fences every later write.
 */
import { randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import { type RunKind, runKinds } from "@pareidolia/core/runKinds/registry";
import type { Transaction } from "../../server/database/database.ts";
import { failRun } from "./lease.ts";
import { appendRunEvent } from "./runEvents.ts";
import { toWholeRun, type WholeRun, type WholeRunRow, wholeRunColumns } from "./wholeRun.ts";

/** A claimed run of one kind, or of any kind, with its complete plan. */
export type ClaimedRun<Kind extends RunKind = RunKind> = WholeRun<Kind> & { readonly leaseToken: string };

export interface ClaimInput {
  readonly runId: string;
  readonly workerId: string;
  readonly leaseSeconds: number;
}

/**
 * Null if the run is no longer queued, because another worker has it or a user paused, cancelled or trashed it; if its sweep has taken its
 * slot back; if its plan is damaged, which fails the run; or if only a later version knows its kind.
 */
export async function claimRun(transaction: Transaction, { runId, workerId, leaseSeconds }: ClaimInput): Promise<ClaimedRun | null> {
  const { connection } = transaction;
  const leaseToken = randomUUID();
  const kinds = runKinds.map(({ id }) => id);
  const [row] = await connection.$queryRaw<WholeRunRow[]>`
    UPDATE runs r SET state = 'RUNNING', control = 'NONE', worker_id = ${workerId}, lease_token = ${leaseToken},
      lease_expires_at = now() + ${leaseSeconds} * interval '1 second', claimed_at = now(), attempts = attempts + 1, evaluations_under_way = 0,
      counted_at = now(), started_at = coalesce(started_at, now()), updated_at = now()
    FROM models m WHERE r.id = ${runId} AND r.state = 'QUEUED' AND r.trashed_at IS NULL AND (r.sweep_id IS NULL OR r.admitted_at IS NOT NULL)
      AND m.id = r.model_id AND r.kind = ANY (${kinds})
    RETURNING ${wholeRunColumns}`;
  if (row === undefined) return null;
  await appendRunEvent(connection, runId, { kind: "STATE", payload: { from: "QUEUED", to: "RUNNING", reason: "A worker took it." } });
  try {
    return { ...toWholeRun(row), leaseToken };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await failRun(transaction, { runId, leaseToken }, error.message);
    return null;
  }
}
