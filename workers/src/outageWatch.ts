/** Checks every few seconds for runs paused by an outage, and queues them once the object store can be written and read again. */
import type { Queue } from "@pareidolia/jobs/queue";
import type { SharedStore } from "@pareidolia/persistence/lab/images/sharedStore";
import { hasRunsToResume, resumeAfterOutage } from "@pareidolia/persistence/lab/runs/outagePause";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { findStoreOutage } from "@pareidolia/persistence/server/objectStores/storeOutage";

export interface OutageWatchOptions {
  readonly database: Database;
  readonly queue: Pick<Queue, "enqueue">;
  readonly sharedStore: SharedStore;
}

/** Returns the IDs of the queued runs. */
export async function resumeOnce({ database, queue, sharedStore }: OutageWatchOptions): Promise<readonly string[]> {
  if (!(await hasRunsToResume(database.connection))) return [];
  try {
    await sharedStore.check();
  } catch (error) {
    if (findStoreOutage(error) !== null) return [];
    throw error;
  }
  return database.transaction(async (transaction) => {
    const runIds = await resumeAfterOutage(transaction);
    for (const runId of runIds) await queue.enqueue(transaction.executor, "carryOutRun", { runId });
    return runIds;
  });
}

const secondsBetween = 3;

export function startOutageWatch(options: OutageWatchOptions & { readonly onError: (error: unknown) => void }): { close(): Promise<void> } {
  let checking: Promise<unknown> | null = null;
  const check = (): void => {
    checking ??= resumeOnce(options)
      .catch(options.onError)
      .finally(() => {
        checking = null;
      });
  };
  const timer = setInterval(check, secondsBetween * 1000);
  return {
    async close() {
      clearInterval(timer);
      await checking;
    },
  };
}
