/** Works on one run from its claim to its release. The run's row records how it ended, whatever ends the work. */
import { AppError } from "@pareidolia/core/appError";
import { isTransientError } from "@pareidolia/persistence/database/transientErrors";
import type { RunOutcome } from "@pareidolia/persistence/runs/commitRun";
import type { RunContext } from "./runContext.ts";
import { RunSession } from "./runSession.ts";

/** Grace for work to notice that its lease is lost. */
const secondsToNotice = 5;

/** Waits for the work, unless it continues after its lease was lost: then throws the reason for the loss. */
async function unlessAbandoned<T>(work: Promise<T>, lost: AbortSignal, onAbandoned: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const abandoned = new Promise<never>((_, reject) => {
    lost.addEventListener("abort", () => {
      timer = setTimeout(() => {
        onAbandoned();
        reject(lost.reason as Error);
      }, secondsToNotice * 1000);
    });
  });
  try {
    return await Promise.race([work, abandoned]);
  } finally {
    clearTimeout(timer);
  }
}

/** Throws only when the job should be tried again. */
export async function workOnRun(runId: string, context: RunContext, work: (session: RunSession) => Promise<RunOutcome>): Promise<void> {
  const { database, queue, sharedStore, stop, log } = context;
  if (stop.aborted) {
    await database.transaction(({ executor }) => queue.enqueue(executor, "carryOutRun", { runId }));
    return;
  }
  const session = await RunSession.claim(runId, context);
  if (session === null) return;
  const { lost } = session;
  try {
    const proven = (async () => sharedStore?.checkMarker())();
    const working = proven.then(() => work(session));
    const { state } = await unlessAbandoned(working, lost, () => context.onAbandoned?.());
    log.info({ runId, state }, "run is released");
  } catch (error) {
    if (lost.aborted || (error instanceof AppError && error.code === "LEASE_LOST")) {
      log.warn({ runId, err: lost.reason as unknown }, "run belongs to another worker now");
      return;
    }
    log.error({ runId, err: error }, "run cannot continue");
    await session.fail(error).catch((failure: unknown) => {
      // The sweep of expired leases decides then.
      if (!isTransientError(failure)) log.error({ runId, err: failure }, "the end of the run could not be written");
    });
  } finally {
    await session.release();
  }
}
