/** Looks every few seconds for runs and analyses whose worker went silent and puts them, and lost jobs, back into the queue. */
import { findRunKind } from "@pareidolia/core/runKind";
import type { Queue } from "@pareidolia/jobs/queue";
import type { Database } from "@pareidolia/persistence/database";
import { sweepAnalyses } from "@pareidolia/persistence/runs/analysisWork";
import { sweepExpiredLeases } from "@pareidolia/persistence/runs/sweepExpiredLeases";

export interface SweepOptions {
  readonly database: Database;
  readonly queue: Pick<Queue, "enqueue">;
}

export function sweepOnce({ database, queue }: SweepOptions): Promise<readonly string[]> {
  return database.transaction(async (transaction) => {
    const runs = await sweepExpiredLeases(transaction);
    for (const { id, kind } of runs) {
      const definition = findRunKind(kind);
      // One of a kind that only a later version knows waits for a worker of that version.
      if (definition !== undefined) await queue.enqueue(transaction.executor, definition.job, { runId: id });
    }
    for (const analysisId of await sweepAnalyses(transaction)) await queue.enqueue(transaction.executor, "analyse", { analysisId });
    return runs.map(({ id }) => id);
  });
}

export interface Sweeper {
  close(): Promise<void>;
}

const secondsBetween = 3;

export function startSweeper(options: SweepOptions & { readonly onError: (error: unknown) => void }): Sweeper {
  let sweeping: Promise<unknown> | null = null;
  const sweep = (): void => {
    sweeping ??= sweepOnce(options)
      .catch(options.onError)
      .finally(() => {
        sweeping = null;
      });
  };
  sweep();
  const timer = setInterval(sweep, secondsBetween * 1000);
  return {
    async close() {
      clearInterval(timer);
      await sweeping;
    },
  };
}
