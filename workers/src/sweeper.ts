/**
 * Looks every few seconds for runs, analyses and checks of models whose worker went silent and puts them, and lost jobs, back into the
 * queue. A check whose job was given up ends as refused, so that it can be requested again. The sweep waits for no row lock; a run whose
 * lease has expired and whose row is still taken raises an alarm, which ends the frozen worker's transaction.
 */
import { priorityOfAnalysis } from "@pareidolia/analysis/kinds/findAnalysisKind";
import { analysisJobOf } from "@pareidolia/jobs/analysisJob";
import type { Queue } from "@pareidolia/jobs/queue";
import { sweepAnalyses } from "@pareidolia/persistence/analyses/analysisWork";
import type { Database } from "@pareidolia/persistence/database/database";
import { findModelsInCheck, giveUpCheck } from "@pareidolia/persistence/models/modelChecks";
import { endSilentWriters, type SilentWriter } from "@pareidolia/persistence/runs/endSilentWriters";
import { countExpiredLeases, sweepExpiredLeases } from "@pareidolia/persistence/runs/expiredLeases";

export interface SweepOptions {
  readonly database: Database;
  readonly queue: Pick<Queue, "enqueue" | "statusOf">;
  /** How long this worker's leases last. */
  readonly leaseSeconds: number;
  /** Called with the sessions that held expired runs and were ended. */
  readonly onAlarm: (ended: readonly SilentWriter[]) => void;
}

/** A client that was silent in a transaction for this share of a lease counts as frozen. */
export const silentShare = 0.5;

function sweep({ database, queue }: SweepOptions): Promise<readonly string[]> {
  return database.transaction(async (transaction) => {
    const runIds = await sweepExpiredLeases(transaction);
    for (const runId of runIds) await queue.enqueue(transaction.executor, "carryOutRun", { runId });
    for (const { id, kind } of await sweepAnalyses(transaction))
      await queue.enqueue(transaction.executor, analysisJobOf(priorityOfAnalysis(kind)), { analysisId: id });
    for (const modelId of await findModelsInCheck(transaction.connection)) {
      const standing = await queue.statusOf(transaction.executor, "checkModel", { modelId });
      if (standing === "failed") await giveUpCheck(transaction.connection, modelId);
      else if (standing === "absent") await queue.enqueue(transaction.executor, "checkModel", { modelId });
    }
    return runIds;
  });
}

export async function sweepOnce(options: SweepOptions): Promise<readonly string[]> {
  const { database, leaseSeconds, onAlarm } = options;
  const { connection } = database;
  const freed = await sweep(options);
  if ((await countExpiredLeases(connection)) === 0) return freed;
  const ended = await endSilentWriters(connection, leaseSeconds * silentShare);
  if (ended.length === 0) return freed;
  onAlarm(ended);
  return [...freed, ...(await sweep(options))];
}

export interface Sweeper {
  close(): Promise<void>;
}

const longestBetween = 3;

export function startSweeper(options: SweepOptions & { readonly onError: (error: unknown) => void }): Sweeper {
  let sweeping: Promise<unknown> | null = null;
  const begin = (): void => {
    sweeping ??= sweepOnce(options)
      .catch(options.onError)
      .finally(() => {
        sweeping = null;
      });
  };
  begin();
  const timer = setInterval(begin, Math.min(longestBetween, options.leaseSeconds * silentShare) * 1000);
  return {
    async close() {
      clearInterval(timer);
      await sweeping;
    },
  };
}
