/**
 * A worker's side of analyses. An analysis takes seconds to minutes, so a heartbeat replaces the lease of a run: any worker may claim
 * an analysis whose heartbeat has stopped, and the token of the earlier claim then writes nothing.
 */
import { randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { openScope } from "../../server/scope/openScope.ts";
import type { Scope } from "../../server/scope/scope.ts";
import { type AnalysisRecord, findAnalyses } from "./readAnalyses.ts";

const maxSilence = "20 seconds";
const queuedTooLong = "10 seconds";
const maxAttempts = 5;

/** The right to write to a running analysis. */
export interface AnalysisClaim {
  readonly id: string;
  readonly claimToken: string;
}

export interface ClaimedAnalysis {
  readonly analysis: AnalysisRecord;
  readonly claim: AnalysisClaim;
  /** The rows that the analysis may read. */
  readonly scope: Scope;
}

/**
 * A worker has no actor. It acts for the user who requested the analysis: the policy checked that user's role in this workspace before
 * `requestAnalysis` wrote the row. So the scope follows from the row, and only from a claimed one.
 */
function scopeOfClaimed({ workspaceId }: AnalysisRecord): Scope {
  return openScope(workspaceId);
}

/** Whether this claim took the analysis. */
async function takeAnalysis(connection: Connection, { id, claimToken }: AnalysisClaim): Promise<boolean> {
  const count = await connection.$executeRaw`
    UPDATE analyses SET state = 'RUNNING', attempts = attempts + 1, claim_token = ${claimToken}, heartbeat_at = now(), started_at = coalesce(started_at, now())
    WHERE id = ${id} AND (state = 'QUEUED' OR (state = 'RUNNING' AND heartbeat_at < now() - ${maxSilence}::interval))`;
  return count > 0;
}

/** Null when another worker has the analysis, or when it has ended. */
export async function claimAnalysis(connection: Connection, id: string): Promise<ClaimedAnalysis | null> {
  const claim = { id, claimToken: randomUUID() };
  if (!(await takeAnalysis(connection, claim))) return null;
  const [analysis] = await findAnalyses(connection, [id]);
  return analysis == null ? null : { analysis, claim, scope: scopeOfClaimed(analysis) };
}

/** Writes a heartbeat with the progress. @throws AppError LEASE_LOST */
export async function reportAnalysis(
  connection: Connection,
  { id, claimToken }: AnalysisClaim,
  progress: { done: number; total: number | null },
): Promise<void> {
  const count = await connection.$executeRaw`
    UPDATE analyses SET heartbeat_at = now(), done = ${progress.done}, total = ${progress.total}
    WHERE id = ${id} AND state = 'RUNNING' AND claim_token = ${claimToken}`;
  if (count === 0) throw new AppError("LEASE_LOST", "Another worker has this analysis now, or it has ended.");
}

/** `engine` is null if no network took part. */
export async function finishAnalysis(
  connection: Connection,
  { id, claimToken }: AnalysisClaim,
  { result, engine }: { readonly result: unknown; readonly engine: string | null },
): Promise<void> {
  await connection.$executeRaw`
    UPDATE analyses SET state = 'SUCCEEDED', result = ${JSON.stringify(result)}::jsonb, engine = ${engine}, done = coalesce(total, done), ended_at = now()
    WHERE id = ${id} AND state = 'RUNNING' AND claim_token = ${claimToken}`;
}

/** `failure` is a human-readable sentence. */
export async function failAnalysis(connection: Connection, { id, claimToken }: AnalysisClaim, failure: string): Promise<void> {
  await connection.$executeRaw`
    UPDATE analyses SET state = 'FAILED', failure = ${failure}, ended_at = now()
    WHERE id = ${id} AND state = 'RUNNING' AND claim_token = ${claimToken}`;
}

/** Queues an analysis whose worker stops. */
export async function handBackAnalysis(connection: Connection, { id, claimToken }: AnalysisClaim): Promise<void> {
  await connection.analysis.updateMany({ where: { id, state: "RUNNING", claimToken }, data: { state: "QUEUED", attempts: 0 } });
}

export interface RequeuedAnalysis {
  readonly id: string;
  readonly kind: string;
}

/** Fails the analyses that lost several workers in a row: they may be the cause. */
async function failRepeatedlyLost(connection: Connection): Promise<void> {
  await connection.$executeRaw`
    UPDATE analyses SET state = 'FAILED', ended_at = now(), failure = 'Its worker was lost several times in a row. Ask again to try once more.'
    WHERE state = 'RUNNING' AND heartbeat_at < now() - ${maxSilence}::interval AND attempts >= ${maxAttempts}`;
}

function findLostAnalyses(connection: Connection): Promise<readonly RequeuedAnalysis[]> {
  return connection.$queryRaw<RequeuedAnalysis[]>`
    SELECT id, kind FROM analyses WHERE (state = 'QUEUED' AND coalesce(heartbeat_at, created_at) < now() - ${queuedTooLong}::interval)
      OR (state = 'RUNNING' AND heartbeat_at < now() - ${maxSilence}::interval)
    ORDER BY created_at LIMIT 1000`;
}

/** Returns analyses to enqueue: those whose heartbeat has stopped, and queued ones whose job may have been lost. */
export async function requeueAnalyses({ connection }: Transaction): Promise<readonly RequeuedAnalysis[]> {
  await failRepeatedlyLost(connection);
  return findLostAnalyses(connection);
}

export interface StoredResult {
  readonly kind: string;
  readonly input: unknown;
  readonly result: unknown;
  readonly engine: string | null;
  /** The rows that the analysis may read. */
  readonly scope: Scope;
}

/** The results of a run's analyses of these kinds, oldest first, to compute them again. */
export async function findStoredResults(
  connection: Connection,
  { runId, kinds }: { readonly runId: string; readonly kinds: readonly string[] },
): Promise<readonly StoredResult[]> {
  const rows = await connection.analysis.findMany({
    where: { runId, kind: { in: [...kinds] }, state: "SUCCEEDED" },
    select: { workspaceId: true, kind: true, input: true, result: true, engine: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map(({ workspaceId, ...row }) => ({ ...row, scope: openScope(workspaceId) }));
}
