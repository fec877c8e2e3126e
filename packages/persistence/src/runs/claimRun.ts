/**
 * Claims a queued run for a worker. Correctness depends on the claim and not on the job: only one caller finds the run QUEUED, and its token
 * fences every later write.
 */
import { randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import type { Framing, Preprocessing } from "@pareidolia/core/preprocessing";
import { getRunKind, type Planned, type RunKind, runKinds } from "@pareidolia/core/runKinds/registry";
import type { StoredPlan } from "@pareidolia/core/runKinds/runKind";
import type { Transaction } from "../database/database.ts";
import { failRun } from "./lease.ts";
import { appendRunEvent } from "./runEvents.ts";

interface ClaimedBase {
  readonly id: string;
  readonly number: number;
  readonly leaseToken: string;
  readonly modelId: string;
  readonly modelSlug: string;
  readonly modelSha256: string;
  readonly modelOrigin: string;
  readonly modelLabels: readonly string[];
  readonly modelPreprocessing: Preprocessing | null;
  readonly preset: string;
  readonly parameters: Parameters;
  readonly framing: Framing;
  readonly seed: number;
  readonly manifest: unknown;
}

/** A claimed run of one kind, or of any kind, with its complete plan. */
export type ClaimedRun<Kind extends RunKind = RunKind> = ClaimedBase & Planned<Kind> & { readonly kind: Kind };

interface ClaimedRow extends ClaimedBase, StoredPlan {
  readonly kind: RunKind;
}

export interface ClaimInput {
  readonly runId: string;
  readonly workerId: string;
  readonly leaseSeconds: number;
}

/** @throws AppError CORRUPT_DATA for a plan that does not match its kind. */
function toRun({ document, sourceSha256, kind, ...base }: ClaimedRow): ClaimedRun {
  return { ...base, ...getRunKind(kind).parse({ document, sourceSha256 }) };
}

/**
 * Null if the run is no longer queued, because another worker has it or a user paused or cancelled it; if its plan is damaged, which fails
 * the run; or if only a later version knows its kind.
 */
export async function claimRun(transaction: Transaction, { runId, workerId, leaseSeconds }: ClaimInput): Promise<ClaimedRun | null> {
  const { connection } = transaction;
  const leaseToken = randomUUID();
  const kinds = runKinds.map(({ id }) => id);
  const [row] = await connection.$queryRaw<ClaimedRow[]>`
    UPDATE runs r SET state = 'RUNNING', control = 'NONE', worker_id = ${workerId}, lease_token = ${leaseToken},
      lease_expires_at = now() + ${leaseSeconds} * interval '1 second', attempts = attempts + 1, evaluations_under_way = 0,
      started_at = coalesce(started_at, now()), updated_at = now()
    FROM models m WHERE r.id = ${runId} AND r.state = 'QUEUED' AND m.id = r.model_id AND r.kind = ANY (${kinds})
    RETURNING r.id, r.number, r.lease_token AS "leaseToken", r.model_id AS "modelId", m.slug AS "modelSlug", m.sha256 AS "modelSha256",
      m.origin AS "modelOrigin", m.labels AS "modelLabels", m.preprocessing AS "modelPreprocessing", r.kind, r.preset, r.parameters,
      r.plan AS document, r.source_sha256 AS "sourceSha256", r.framing, r.seed, r.manifest`;
  if (row === undefined) return null;
  await appendRunEvent(connection, runId, { kind: "STATE", payload: { from: "QUEUED", to: "RUNNING", reason: "A worker took it." } });
  try {
    return toRun(row);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await failRun(transaction, { runId, leaseToken }, error.message);
    return null;
  }
}
