/**
 * Looks every few seconds for runs, analyses and checks of models whose worker went silent and puts them, and lost jobs, back into the
 * queue. A check whose job was given up ends with a refusal, so that somebody can ask for it again.
 */
import type { Queue } from "@pareidolia/jobs/queue";
import type { Database } from "@pareidolia/persistence/database";
import { sweepAnalyses } from "@pareidolia/persistence/runs/analysisWork";
import { findModelsInCheck, giveUpCheck } from "@pareidolia/persistence/runs/modelChecks";
import { sweepExpiredLeases } from "@pareidolia/persistence/runs/sweepExpiredLeases";

export interface SweepOptions {
  readonly database: Database;
  readonly queue: Pick<Queue, "enqueue" | "standingOf">;
}

export function sweepOnce({ database, queue }: SweepOptions): Promise<readonly string[]> {
  return database.transaction(async (transaction) => {
    const runIds = await sweepExpiredLeases(transaction);
    for (const runId of runIds) await queue.enqueue(transaction.executor, "carryOutRun", { runId });
    for (const analysisId of await sweepAnalyses(transaction)) await queue.enqueue(transaction.executor, "analyse", { analysisId });
    for (const modelId of await findModelsInCheck(transaction.connection)) {
      const standing = await queue.standingOf(transaction.executor, "checkModel", { modelId });
      if (standing === "failed") await giveUpCheck(transaction.connection, modelId);
      else if (standing === "absent") await queue.enqueue(transaction.executor, "checkModel", { modelId });
    }
    return runIds;
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
