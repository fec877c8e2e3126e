/**
 * Takes a queued run for one worker. The claim owns correctness, not the job that led to it: only one caller
 * finds the run QUEUED, and the token that it gets fences every later write.
 */
import { randomUUID } from "node:crypto";
import type { ParameterValue } from "@pareidolia/core/parameterSpec";
import type { Framing, Preprocessing } from "@pareidolia/core/preprocessing";
import type { Transaction } from "../database.ts";
import type { RunPlan } from "../queries/createRun.ts";
import { appendRunEvent } from "./runEvents.ts";

export interface ClaimedRun {
  readonly id: string;
  readonly number: number;
  readonly leaseToken: string;
  readonly modelId: string;
  readonly modelSlug: string;
  readonly modelSha256: string;
  readonly modelOrigin: string;
  readonly modelLabels: readonly string[];
  readonly modelPreprocessing: Preprocessing | null;
  readonly kind: string;
  /** Of an evolution; null otherwise, as are generations and offspring. */
  readonly encoding: string | null;
  readonly generations: number | null;
  readonly offspring: number | null;
  readonly method: string | null;
  readonly preset: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly plan: RunPlan;
  readonly framing: Framing;
  readonly sourceSha256: string | null;
  readonly evaluationGoal: number | null;
  readonly seed: number;
  readonly manifest: unknown;
}

export interface ClaimInput {
  readonly runId: string;
  readonly workerId: string;
  readonly leaseSeconds: number;
}

/** Null when the run is not queued (any more): somebody has it, or it was paused or cancelled. */
export async function claimRun({ connection }: Transaction, { runId, workerId, leaseSeconds }: ClaimInput): Promise<ClaimedRun | null> {
  const leaseToken = randomUUID();
  const [run] = await connection.$queryRaw<ClaimedRun[]>`
    UPDATE runs r SET state = 'RUNNING', control = 'NONE', worker_id = ${workerId}, lease_token = ${leaseToken},
      lease_expires_at = now() + ${leaseSeconds} * interval '1 second', attempts = attempts + 1, evaluations_under_way = 0,
      started_at = coalesce(started_at, now()), updated_at = now()
    FROM models m WHERE r.id = ${runId} AND r.state = 'QUEUED' AND m.id = r.model_id
    RETURNING r.id, r.number, r.lease_token AS "leaseToken", r.model_id AS "modelId", m.slug AS "modelSlug", m.sha256 AS "modelSha256",
      m.origin AS "modelOrigin", m.labels AS "modelLabels",
      m.preprocessing AS "modelPreprocessing", r.kind, r.encoding, r.method, r.preset, r.parameters, r.plan, r.framing, r.source_sha256 AS "sourceSha256",
      r.evaluation_goal AS "evaluationGoal", r.seed, r.generations, r.offspring, r.manifest`;
  if (run === undefined) return null;
  await appendRunEvent(connection, runId, { kind: "STATE", payload: { from: "QUEUED", to: "RUNNING", reason: "A worker took it." } });
  return run;
}
