/** Does what was asked beside runs. A heartbeat says that it is alive; whatever ends it, its row says how. */
import { AppError } from "@pareidolia/core/appError";
import type { JobData } from "@pareidolia/jobs/jobs";
import { claimAnalysis, failAnalysis, finishAnalysis, handBackAnalysis, reportAnalysis } from "@pareidolia/persistence/runs/analysisWork";
import type { AnalysisContext } from "../analyses/analysisKind.ts";
import { findAnalysisKind } from "../analyses/registry.ts";
import { holdClaim } from "../heldClaim.ts";
import { type RetryOptions, retrying } from "../retrying.ts";
import type { RunContext } from "../runs/carryOutRun.ts";

export interface AnalyseContext extends Pick<RunContext, "database" | "objectStore" | "queue" | "openClassifier" | "stop" | "log"> {
  readonly cacheFolder: string;
}

const patienceSeconds = 60;
const unexpected = "This stopped on an error that nobody foresaw. Ask again to try once more.";

export async function analyse({ analysisId }: JobData["analyse"], context: AnalyseContext): Promise<void> {
  const { database, queue, stop, log } = context;
  const { connection } = database;
  const onRetry = (error: unknown, attempt: number): void => log.warn({ analysisId, attempt, err: error }, "storage is away, trying again");
  const retry: RetryOptions = { signal: new AbortController().signal, patienceSeconds, onRetry };
  if (stop.aborted) {
    await database.transaction(({ executor }) => queue.enqueue(executor, "analyse", { analysisId }));
    return;
  }
  const claimed = await claimAnalysis(connection, analysisId);
  if (claimed === null) return;
  const { analysis, claim } = claimed;
  const held = holdClaim({
    write: (progress) => reportAnalysis(connection, claim, progress),
    onAway: (error) => log.warn({ analysisId, err: error }, "progress could not be written"),
  });
  const inside: AnalysisContext = { ...context, signal: AbortSignal.any([stop, held.lost]), report: held.report };
  try {
    const kind = findAnalysisKind(analysis.kind);
    if (kind === undefined) throw new AppError("INVALID_INPUT", `This version does not know analyses of the kind "${analysis.kind}".`);
    const result = await kind.analyse(analysis, inside);
    await retrying(() => held.flush(), retry);
    await retrying(() => finishAnalysis(connection, claim, result), retry);
    log.info({ analysisId, kind: analysis.kind }, "analysis is done");
  } catch (error) {
    if (held.lost.aborted) {
      log.warn({ analysisId }, "analysis belongs to somebody else now");
      return;
    }
    if (stop.aborted) {
      await database.transaction(async (transaction) => {
        await handBackAnalysis(transaction.connection, claim);
        await queue.enqueue(transaction.executor, "analyse", { analysisId });
      });
      return;
    }
    log.error({ analysisId, err: error }, "analysis cannot go on");
    const reason = error instanceof AppError && error.code !== "INTERNAL" ? error.message : unexpected;
    await retrying(() => failAnalysis(connection, claim, reason), retry);
  } finally {
    held.release();
  }
}
