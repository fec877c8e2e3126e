/**
 * A worker's side of computations that were asked for. They are short, so a heartbeat suffices where runs have leases: one that
 * has gone silent is taken over, and from then on the token of the earlier claim writes nothing.
 */
import { randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import type { Connection, Transaction } from "../database/database.ts";
import { Prisma } from "../generated/client.ts";
import { type AnalysisRecord, findAnalyses } from "./readAnalyses.ts";

const silence = "20 seconds";
const queuedTooLong = "10 seconds";
const mostAttempts = 5;

/** The right to write to an analysis that is under way. */
export interface AnalysisClaim {
  readonly id: string;
  readonly claimToken: string;
}

/** Null when somebody is at it, or it has ended. */
export async function claimAnalysis(
  connection: Connection,
  id: string,
): Promise<{ readonly analysis: AnalysisRecord; readonly claim: AnalysisClaim } | null> {
  const claimToken = randomUUID();
  const count = await connection.$executeRaw`
    UPDATE analyses SET state = 'RUNNING', attempts = attempts + 1, claim_token = ${claimToken}, heartbeat_at = now(), started_at = coalesce(started_at, now())
    WHERE id = ${id} AND (state = 'QUEUED' OR (state = 'RUNNING' AND heartbeat_at < now() - ${silence}::interval))`;
  if (count === 0) return null;
  const [analysis] = await findAnalyses(connection, [id]);
  return analysis == null ? null : { analysis, claim: { id, claimToken } };
}

/** Says that it is alive and how far it is. @throws AppError LEASE_LOST */
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

export async function finishAnalysis(connection: Connection, { id, claimToken }: AnalysisClaim, result: unknown): Promise<void> {
  await connection.$executeRaw`
    UPDATE analyses SET state = 'SUCCEEDED', result = ${JSON.stringify(result)}::jsonb, done = coalesce(total, done), ended_at = now()
    WHERE id = ${id} AND state = 'RUNNING' AND claim_token = ${claimToken}`;
}

/** `failure` is a sentence for people. */
export async function failAnalysis(connection: Connection, { id, claimToken }: AnalysisClaim, failure: string): Promise<void> {
  await connection.$executeRaw`
    UPDATE analyses SET state = 'FAILED', failure = ${failure}, ended_at = now()
    WHERE id = ${id} AND state = 'RUNNING' AND claim_token = ${claimToken}`;
}

export async function handBackAnalysis(connection: Connection, { id, claimToken }: AnalysisClaim): Promise<void> {
  await connection.$executeRaw`
    UPDATE analyses SET state = 'QUEUED', attempts = 0 WHERE id = ${id} AND state = 'RUNNING' AND claim_token = ${claimToken}`;
}

export interface SweptAnalysis {
  readonly id: string;
  readonly kind: string;
}

/** Those whose worker has gone silent or whose job may have been lost; one that takes its workers down is given up. */
export async function sweepAnalyses({ connection }: Transaction): Promise<readonly SweptAnalysis[]> {
  await connection.$executeRaw`
    UPDATE analyses SET state = 'FAILED', ended_at = now(), failure = 'Its worker was lost several times in a row. Ask again to try once more.'
    WHERE state = 'RUNNING' AND heartbeat_at < now() - ${silence}::interval AND attempts >= ${mostAttempts}`;
  return connection.$queryRaw<SweptAnalysis[]>(Prisma.sql`
    SELECT id, kind FROM analyses WHERE (state = 'QUEUED' AND coalesce(heartbeat_at, created_at) < now() - ${queuedTooLong}::interval)
      OR (state = 'RUNNING' AND heartbeat_at < now() - ${silence}::interval)
    ORDER BY created_at LIMIT 1000`);
}
