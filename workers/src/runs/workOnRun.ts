/** Computes one run from its claim to its release. The run's row records the outcome, whatever ends the work. */
import { AppError } from "@pareidolia/core/appError";
import type { RunOutcome } from "@pareidolia/persistence/lab/runs/commitRun";
import { isTransientError } from "@pareidolia/persistence/server/database/transientErrors";
import { admitSweepRuns } from "../sweeps/admitSweepRuns.ts";
import type { RunContext } from "./runContext.ts";
import { RunSession } from "./runSession.ts";

/** How long work may continue after its lease is lost. */
const graceSeconds = 5;

/** Waits for the work. If it continues for too long after its lease is lost, abandons it and throws the reason for the loss. */
async function abandonWhenLost<T>(work: Promise<T>, lost: AbortSignal, onAbandoned: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const abandoned = new Promise<never>((_, reject) => {
    lost.addEventListener("abort", () => {
      timer = setTimeout(() => {
        onAbandoned();
        reject(lost.reason as Error);
      }, graceSeconds * 1000);
    });
  });
  try {
    return await Promise.race([work, abandoned]);
  } finally {
    clearTimeout(timer);
  }
}

/** Computes the run whose turn it is. Throws only if the job should be retried. @param waitingId the run of the job. */
export async function workOnRun(waitingId: string, context: RunContext, work: (session: RunSession) => Promise<RunOutcome>): Promise<void> {
  const { database, queue, sharedStore, stop, log } = context;
  if (stop.aborted) {
    await database.transaction(({ executor }) => queue.enqueue(executor, "carryOutRun", { runId: waitingId }));
    return;
  }
  const session = await RunSession.claim(waitingId, context);
  if (session === null) return;
  const { lost } = session;
  const { id: runId } = session.run;
  try {
    const proven = (async () => sharedStore?.checkMarker())();
    const working = proven.then(() => work(session));
    await abandonWhenLost(working, lost, () => context.onAbandoned?.());
    log.info({ runId, state: session.outcome?.state }, "run is released");
  } catch (error) {
    if (lost.aborted || (error instanceof AppError && error.code === "LEASE_LOST")) {
      log.warn({ runId, err: lost.reason as unknown }, "the lease of the run is lost");
      return;
    }
    log.error({ runId, err: error }, "run cannot continue");
    await session.fail(error).catch((failure: unknown) => {
      // If the database is unavailable, the lease expires and recovery queues the run again.
      if (!isTransientError(failure)) log.error({ runId, err: failure }, "the outcome of the run could not be written");
    });
  } finally {
    await session.release();
    // Recovery admits runs every few seconds, so a failure here only delays them.
    await admitSweepRuns({ database, queue }).catch((err: unknown) => log.warn({ err }, "waiting runs of sweeps were not admitted"));
  }
}
