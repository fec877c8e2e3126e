/**
 * Finds, every few seconds, runs, analyses and model checks whose worker has gone silent or whose job is lost, and queues them again, and
 * queues the studies whose results are not of their present votes, and the e-mails that wait for an attempt. A check whose job has failed for good ends as refused, so that it can be requested again. The sweep does not wait for row locks. If a run's
 * lease has expired while its row is still locked, it ends the frozen worker's transaction.
 */
import { priorityOfAnalysis } from "@pareidolia/analysis/kinds/findAnalysisKind";
import { analysisJobOf } from "@pareidolia/jobs/analysisJob";
import type { Queue } from "@pareidolia/jobs/queue";
import { sweepAnalyses } from "@pareidolia/persistence/analyses/analysisWork";
import type { Database } from "@pareidolia/persistence/database/database";
import { findDueEmails } from "@pareidolia/persistence/emails/emailWork";
import { findModelsInCheck, giveUpCheck } from "@pareidolia/persistence/models/modelChecks";
import { sweepReleases } from "@pareidolia/persistence/releases/releaseWork";
import { endSilentWriters, type SilentWriter } from "@pareidolia/persistence/runs/endSilentWriters";
import { countExpiredLeases, sweepExpiredLeases } from "@pareidolia/persistence/runs/expiredLeases";
import { queueResults } from "./studies/queueResults.ts";

export interface SweepOptions {
  readonly database: Database;
  readonly queue: Pick<Queue, "enqueue" | "statusOf" | "failuresOf">;
  /** Duration of this worker's leases. */
  readonly leaseSeconds: number;
  /** Called with the ended sessions, which held expired runs. */
  readonly onAlarm: (ended: readonly SilentWriter[]) => void;
}

/** A client counts as frozen after it has been silent in a transaction for this share of a lease. */
export const silentShare = 0.5;

function sweep({ database, queue }: SweepOptions): Promise<readonly string[]> {
  return database.transaction(async (transaction) => {
    const runIds = await sweepExpiredLeases(transaction);
    for (const runId of runIds) await queue.enqueue(transaction.executor, "carryOutRun", { runId });
    for (const { id, kind } of await sweepAnalyses(transaction))
      await queue.enqueue(transaction.executor, analysisJobOf(priorityOfAnalysis(kind)), { analysisId: id });
    for (const modelId of await findModelsInCheck(transaction.connection)) {
      const status = await queue.statusOf(transaction.executor, "checkModel", { modelId });
      if (status === "failed") await giveUpCheck(transaction.connection, modelId);
      else if (status === "absent") await queue.enqueue(transaction.executor, "checkModel", { modelId });
    }
    await queueResults(transaction, queue);
    for (const releaseId of await sweepReleases(transaction)) await queue.enqueue(transaction.executor, "makeRelease", { releaseId });
    for (const emailId of await findDueEmails(transaction.connection)) await queue.enqueue(transaction.executor, "sendEmail", { emailId });
    return runIds;
  });
}

/** Returns the IDs of the runs that it queued again. */
export async function sweepOnce(options: SweepOptions): Promise<readonly string[]> {
  const { database, leaseSeconds, onAlarm } = options;
  const { connection } = database;
  const queued = await sweep(options);
  if ((await countExpiredLeases(connection)) === 0) return queued;
  const ended = await endSilentWriters(connection, leaseSeconds * silentShare);
  if (ended.length === 0) return queued;
  onAlarm(ended);
  return [...queued, ...(await sweep(options))];
}

export interface Sweeper {
  close(): Promise<void>;
}

const longestSecondsBetween = 3;

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
  const timer = setInterval(begin, Math.min(longestSecondsBetween, options.leaseSeconds * silentShare) * 1000);
  return {
    async close() {
      clearInterval(timer);
      await sweeping;
    },
  };
}
