/** Cancels an analysis. The worker that holds it is notified immediately, and can no longer write to it. */
import { AppError } from "@pareidolia/core/appError";
import type { Transaction } from "../database/database.ts";
import { notifyHolder } from "../workers/notifyHolder.ts";

/** @throws AppError NOT_FOUND; CONFLICT when it has ended already. */
export async function cancelAnalysis({ connection }: Transaction, { analysisId }: { readonly analysisId: string }): Promise<void> {
  const [analysis] = await connection.$queryRaw<{ state: string }[]>`
    SELECT state::text FROM analyses WHERE id = ${analysisId} FOR UPDATE`;
  if (analysis === undefined) throw new AppError("NOT_FOUND", "There is no such analysis.");
  if (analysis.state !== "QUEUED" && analysis.state !== "RUNNING")
    throw new AppError("CONFLICT", "This analysis has ended already, so there is nothing to cancel.");
  await connection.$executeRaw`
    UPDATE analyses SET state = 'CANCELLED', claim_token = NULL, ended_at = now() WHERE id = ${analysisId}`;
  if (analysis.state === "RUNNING") await notifyHolder(connection, analysisId);
}
