/** Cancels an analysis. Its worker is notified immediately, and can no longer write to it. */
import { AppError } from "@pareidolia/core/appError";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { notifyHolder } from "../workers/notifyHolder.ts";
import type { WorkState } from "./readAnalyses.ts";

/** Null for an unknown analysis. */
async function lockAnalysis(connection: Connection, id: string): Promise<WorkState | null> {
  const [row] = await connection.$queryRaw<{ state: WorkState }[]>`SELECT state::text FROM analyses WHERE id = ${id} FOR UPDATE`;
  return row?.state ?? null;
}

async function markCancelled(connection: Connection, id: string): Promise<void> {
  await connection.$executeRaw`UPDATE analyses SET state = 'CANCELLED', claim_token = NULL, ended_at = now() WHERE id = ${id}`;
}

/** @throws AppError NOT_FOUND; CONFLICT when the analysis has already ended. */
export async function cancelAnalysis({ connection }: Transaction, { analysisId }: { readonly analysisId: string }): Promise<void> {
  const state = await lockAnalysis(connection, analysisId);
  if (state === null) throw new AppError("NOT_FOUND", "There is no such analysis.");
  if (state !== "QUEUED" && state !== "RUNNING")
    throw new AppError("CONFLICT", "This analysis has ended already, so there is nothing to cancel.");
  await markCancelled(connection, analysisId);
  if (state === "RUNNING") await notifyHolder(connection, analysisId);
}
