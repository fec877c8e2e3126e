/** Computes one analysis, with a heartbeat. Its row records the outcome, whatever ends it. A cancelled analysis stops within a second. */
import { priorityOfAnalysis } from "@pareidolia/analysis/kinds/findAnalysisKind";
import { AppError } from "@pareidolia/core/appError";
import { analysisJobOf } from "@pareidolia/jobs/analysisJob";
import type { JobData } from "@pareidolia/jobs/jobs";
import {
  type AnalysisClaim,
  claimAnalysis,
  failAnalysis,
  finishAnalysis,
  handBackAnalysis,
  reportAnalysis,
} from "@pareidolia/persistence/lab/analyses/analysisWork";
import { findAnalyses } from "@pareidolia/persistence/lab/analyses/readAnalyses";
import type { AnalysisContext } from "../analyses/analysisTask.ts";
import { findAnalysisTask } from "../analyses/findAnalysisTask.ts";
import { type HeldClaim, holdClaim } from "../heldClaim.ts";
import type { RunContext } from "../runs/runContext.ts";
import { type RetryOptions, withRetries } from "../withRetries.ts";

export interface AnalyseContext extends Pick<RunContext, "database" | "objectStore" | "queue" | "openClassifier" | "stop" | "log"> {
  readonly cacheFolder: string;
  /** Called with the claim when the analysis starts, so that a cancellation takes effect at once, and with null when it ends. */
  readonly onClaimed?: (analysisId: string, claim: Pick<HeldClaim, "refresh"> | null) => void;
}

const timeoutSeconds = 60;
const unexpected = "The analysis stopped because of an unexpected error. Start it again to retry.";

export async function analyse({ analysisId }: JobData["analyse"], context: AnalyseContext): Promise<void> {
  const { database, queue, stop, log } = context;
  const { connection } = database;
  const onRetry = (error: unknown, attempt: number): void =>
    log.warn({ analysisId, attempt, err: error }, "storage is unavailable, trying again");
  const retry: RetryOptions = { signal: new AbortController().signal, timeoutSeconds, onRetry };
  // The analysis goes back to the queue of its kind, even if this job came from another.
  const handOver = (claim?: AnalysisClaim) =>
    database.transaction(async ({ connection: inside, executor }) => {
      const [analysis] = await findAnalyses(inside, [analysisId]);
      if (analysis == null) return;
      if (claim !== undefined) await handBackAnalysis(inside, claim);
      await queue.enqueue(executor, analysisJobOf(priorityOfAnalysis(analysis.kind)), { analysisId });
    });
  if (stop.aborted) {
    await handOver();
    return;
  }
  const claimed = await claimAnalysis(connection, analysisId);
  if (claimed === null) return;
  const { analysis, claim, scope } = claimed;
  const held = holdClaim({
    write: (progress) => reportAnalysis(connection, claim, progress),
    onUnavailable: (error) => log.warn({ analysisId, err: error }, "progress could not be written"),
  });
  context.onClaimed?.(analysisId, held);
  const engines = new Set<string>();
  const openClassifier: AnalysisContext["openClassifier"] = async (model) => {
    const classifier = await context.openClassifier(model);
    engines.add(classifier.engine);
    return classifier;
  };
  const signal = AbortSignal.any([stop, held.lost]);
  const inside: AnalysisContext = { ...context, scope, openClassifier, signal, report: held.report };
  try {
    const task = await findAnalysisTask(analysis.kind);
    if (task === null) throw new AppError("INVALID_INPUT", `This version does not know analyses of the kind "${analysis.kind}".`);
    const result = await task.analyse(analysis.input, inside);
    await withRetries(() => held.flush(), retry);
    const engine = [...engines].sort().join(" and ") || null;
    await withRetries(() => finishAnalysis(connection, claim, { result, engine }), retry);
    log.info({ analysisId, kind: analysis.kind }, "analysis is done");
  } catch (error) {
    if (held.lost.aborted) {
      log.warn({ analysisId }, "analysis was cancelled, or another worker has it now");
      return;
    }
    if (stop.aborted) {
      await handOver(claim);
      return;
    }
    log.error({ analysisId, err: error }, "analysis has failed");
    const reason = error instanceof AppError && error.code !== "INTERNAL" ? error.message : unexpected;
    await withRetries(() => failAnalysis(connection, claim, reason), retry);
  } finally {
    context.onClaimed?.(analysisId, null);
    held.release();
  }
}
