/**
 * Queues the computation of studies whose results are not of their present votes and scores. The queue keeps one waiting job for each study, so any
 * number of votes make one.
 */
import type { Queue } from "@pareidolia/jobs/queue";
import { resultKindIds } from "@pareidolia/perception/study/studyResults";
import type { Transaction } from "@pareidolia/persistence/server/database/database";
import { findStudiesToCompute } from "@pareidolia/persistence/studies/studies/studyResults";

/** Seconds until a job that failed for good, as on damaged votes, is queued again; doubled with each failure up to the second number. */
const firstPause = 15;
const maxPause = 15 * 60;

export type ResultQueue = Pick<Queue, "enqueue" | "statusOf" | "failuresOf">;

/** @param failures at least 1. */
export function pauseAfter(failures: number): number {
  return Math.min(maxPause, firstPause * 2 ** (failures - 1));
}

export interface QueueResultsOptions {
  /** Only these studies; default: all. */
  readonly among?: readonly string[];
  /** Whether a study is queued while a worker computes it; default: no, since votes that it misses are queued when it ends. */
  readonly whileComputed?: boolean;
}

export async function queueResults(
  transaction: Transaction,
  queue: ResultQueue,
  { among, whileComputed = false }: QueueResultsOptions = {},
): Promise<void> {
  const { executor } = transaction;
  for (const studyId of await findStudiesToCompute(transaction, resultKindIds, among)) {
    const status = await queue.statusOf(executor, "computeStudyResults", { studyId });
    if (status === "pending" && !whileComputed) continue;
    const failures = await queue.failuresOf(executor, "computeStudyResults", { studyId });
    if (failures.count > 0 && failures.secondsAgo < pauseAfter(failures.count)) continue;
    await queue.enqueue(executor, "computeStudyResults", { studyId });
  }
}
