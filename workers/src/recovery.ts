/**
 * Recovers work, every few seconds: queues runs, analyses, model checks, releases, exports, files of bulk queries and imports again whose worker has gone silent or
 * whose job is lost, studies whose results lack votes, and e-mails that are due; writes e-mails about notifications; gives free slots to runs
 * of sweeps. A check whose job has failed for
 * good ends as refused, so that it can be requested again. Recovery does not wait for row locks. If a run's lease has expired while its row
 * is still locked, recovery ends the frozen worker's transaction.
 */
import { priorityOfAnalysis } from "@pareidolia/analysis/kinds/findAnalysisKind";
import { analysisJobOf } from "@pareidolia/jobs/analysisJob";
import type { Queue } from "@pareidolia/jobs/queue";
import { requeueBulkFiles } from "@pareidolia/persistence/files/bulkQueries/bulkQueryWork";
import { requeueExports } from "@pareidolia/persistence/files/exports/exportWork";
import { requeueImports } from "@pareidolia/persistence/files/imports/importWork";
import { requeueReleases } from "@pareidolia/persistence/files/releases/releaseWork";
import { requeueAnalyses } from "@pareidolia/persistence/lab/analyses/analysisWork";
import { findModelsInCheck, giveUpCheck } from "@pareidolia/persistence/lab/models/modelChecks";
import { endSilentWriters, type SilentWriter } from "@pareidolia/persistence/lab/runs/endSilentWriters";
import { countExpiredLeases, requeueExpiredRuns } from "@pareidolia/persistence/lab/runs/expiredLeases";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { findDueEmails } from "@pareidolia/persistence/workspace/emails/emailWork";
import { type DigestSettings, writeDigests } from "@pareidolia/persistence/workspace/notifications/writeDigests";
import { queueResults } from "./studies/queueResults.ts";
import { admitSweepRuns } from "./sweeps/admitSweepRuns.ts";

export interface RecoveryOptions {
  readonly database: Database;
  readonly queue: Pick<Queue, "enqueue" | "statusOf" | "failuresOf">;
  /** Duration of this worker's leases. */
  readonly leaseSeconds: number;
  /** With what e-mails about notifications are written; null for an installation that sends none. Default: null. */
  readonly digests?: DigestSettings | null;
  /** Called with the ended sessions, which held expired runs. */
  readonly onAlarm: (ended: readonly SilentWriter[]) => void;
}

/** A client counts as frozen after it has been silent in a transaction for this share of a lease. */
export const silentShare = 0.5;

function recover({ database, queue }: RecoveryOptions): Promise<readonly string[]> {
  return database.transaction(async (transaction) => {
    const runIds = await requeueExpiredRuns(transaction);
    for (const runId of runIds) await queue.enqueue(transaction.executor, "carryOutRun", { runId });
    for (const { id, kind } of await requeueAnalyses(transaction))
      await queue.enqueue(transaction.executor, analysisJobOf(priorityOfAnalysis(kind)), { analysisId: id });
    for (const modelId of await findModelsInCheck(transaction.connection)) {
      const status = await queue.statusOf(transaction.executor, "checkModel", { modelId });
      if (status === "failed") await giveUpCheck(transaction.connection, modelId);
      else if (status === "absent") await queue.enqueue(transaction.executor, "checkModel", { modelId });
    }
    await queueResults(transaction, queue);
    for (const releaseId of await requeueReleases(transaction)) await queue.enqueue(transaction.executor, "makeRelease", { releaseId });
    for (const importId of await requeueImports(transaction)) await queue.enqueue(transaction.executor, "importFile", { importId });
    for (const exportId of await requeueExports(transaction)) await queue.enqueue(transaction.executor, "makeExport", { exportId });
    for (const bulkQueryId of await requeueBulkFiles(transaction))
      await queue.enqueue(transaction.executor, "writeBulkFile", { bulkQueryId });
    for (const emailId of await findDueEmails(transaction.connection)) await queue.enqueue(transaction.executor, "sendEmail", { emailId });
    return runIds;
  });
}

/** Returns the IDs of the runs that it queued again. */
export async function recoverOnce(options: RecoveryOptions): Promise<readonly string[]> {
  const { database, leaseSeconds, onAlarm } = options;
  const { connection } = database;
  const queued = await recover(options);
  await admitSweepRuns(options);
  await writeDigests(options.database, options.digests ?? null);
  if ((await countExpiredLeases(connection)) === 0) return queued;
  const ended = await endSilentWriters(connection, leaseSeconds * silentShare);
  if (ended.length === 0) return queued;
  onAlarm(ended);
  return [...queued, ...(await recover(options))];
}

export interface Recovery {
  close(): Promise<void>;
}

const maxSecondsBetween = 3;

export function startRecovery(options: RecoveryOptions & { readonly onError: (error: unknown) => void }): Recovery {
  let recovering: Promise<unknown> | null = null;
  const begin = (): void => {
    recovering ??= recoverOnce(options)
      .catch(options.onError)
      .finally(() => {
        recovering = null;
      });
  };
  begin();
  const timer = setInterval(begin, Math.min(maxSecondsBetween, options.leaseSeconds * silentShare) * 1000);
  return {
    async close() {
      clearInterval(timer);
      await recovering;
    },
  };
}
