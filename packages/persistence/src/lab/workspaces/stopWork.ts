/** Stops the runs and analyses of a deleted workspace. Runs are paused, so that they can be resumed if it is restored. */
import { AppError } from "@pareidolia/core/appError";
import type { Database } from "../../server/database/database.ts";
import { cancelAnalysis } from "../analyses/cancelAnalysis.ts";
import { pauseRun } from "../runs/runControl.ts";

/** A run or analysis that ended meanwhile needs no stop; one whose row is locked is stopped by the next recovery. */
function isHarmless(error: unknown): boolean {
  return error instanceof AppError && ["CONFLICT", "NOT_FOUND", "UNAVAILABLE"].includes(error.code);
}

async function attempt(change: Promise<unknown>): Promise<void> {
  try {
    await change;
  } catch (error) {
    if (!isHarmless(error)) throw error;
  }
}

export async function stopWork(database: Database, workspace: { readonly id: string }): Promise<void> {
  const { connection } = database;
  const workspaceId = workspace.id;
  const runs = await connection.run.findMany({
    where: { workspaceId, OR: [{ state: { in: ["QUEUED", "RUNNING"] } }, { state: "PAUSED", outage: { not: null } }] },
    select: { id: true },
  });
  for (const { id: runId } of runs) await attempt(database.transaction((transaction) => pauseRun(transaction, { runId })));
  const analyses = await connection.analysis.findMany({
    where: { workspaceId, state: { in: ["QUEUED", "RUNNING"] } },
    select: { id: true },
  });
  for (const { id: analysisId } of analyses)
    await attempt(database.transaction((transaction) => cancelAnalysis(transaction, { analysisId })));
}
