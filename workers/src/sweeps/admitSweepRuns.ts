/** Gives free slots to runs of sweeps and queues their jobs. Workers call it when a run leaves them, and every few seconds. */
import type { Queue } from "@pareidolia/jobs/queue";
import { admitRuns } from "@pareidolia/persistence/lab/sweeps/admitRuns";
import type { Database } from "@pareidolia/persistence/server/database/database";

export interface AdmissionOptions {
  readonly database: Database;
  readonly queue: Pick<Queue, "enqueue">;
}

/** Returns the IDs of the runs. */
export function admitSweepRuns({ database, queue }: AdmissionOptions): Promise<readonly string[]> {
  return database.transaction(async (transaction) => {
    const runIds = await admitRuns(transaction);
    for (const runId of runIds) await queue.enqueue(transaction.executor, "carryOutRun", { runId });
    return runIds;
  });
}
