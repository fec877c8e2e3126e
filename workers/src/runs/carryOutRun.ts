/**
 * What every kind of run has in common: claimed by one worker, held by a lease while its task works, and let go. Whatever ends
 * the work, the run's row says it; a task only says how it went on.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Queue } from "@pareidolia/jobs/queue";
import type { Database } from "@pareidolia/persistence/database";
import type { ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import { type ClaimedRun, claimRun } from "@pareidolia/persistence/runs/claimRun";
import type { ProgressOutcome } from "@pareidolia/persistence/runs/commitProgress";
import { failRun, type Lease } from "@pareidolia/persistence/runs/lease";
import { isTransientError } from "@pareidolia/persistence/transientErrors";
import type { ModelToOpen, OpenClassifier } from "../classifierShelf.ts";
import { type HeldLease, holdLease } from "../heldLease.ts";
import type { RetryOptions } from "../retrying.ts";
import type { TaskLog } from "../taskLog.ts";

export interface RunContext {
  readonly database: Database;
  readonly objectStore: ObjectStore;
  readonly queue: Pick<Queue, "enqueue">;
  readonly openClassifier: OpenClassifier;
  readonly workerId: string;
  readonly checkpointSeconds: number;
  readonly leaseSeconds: number;
  /** Aborts when the worker has to stop: the run is handed back at its next step. */
  readonly stop: AbortSignal;
  readonly log: TaskLog;
  /** Called with the lease while the run is under way, so that notifications reach it. */
  readonly onHeld?: (runId: string, lease: HeldLease | null) => void;
}

/** A run under way, as its task sees it. */
export interface HeldRun {
  readonly run: ClaimedRun;
  readonly lease: Lease;
  readonly held: HeldLease;
  readonly retry: RetryOptions;
}

/** Postgres or the object store may be away for this long before a run is given up. */
const patienceSeconds = 300;
const unexpected = "The run stopped on an error that nobody foresaw. Resume it to try again from its last checkpoint.";

/** Why the run has to stop here, or null. */
export function outcomeOf(lease: HeldLease, stop: AbortSignal, done: string | null): ProgressOutcome | null {
  if (done !== null) return { state: "SUCCEEDED", reason: done };
  if (lease.control === "CANCEL") return { state: "CANCELLED", reason: "Cancelled by a person." };
  if (lease.control === "PAUSE") return { state: "PAUSED", reason: "Paused by a person." };
  if (stop.aborted) return { state: "QUEUED", reason: "Its worker was stopped. It goes on from its last checkpoint." };
  return null;
}

export function modelOf(run: ClaimedRun): ModelToOpen {
  return {
    id: run.modelId,
    slug: run.modelSlug,
    sha256: run.modelSha256,
    origin: run.modelOrigin,
    labels: run.modelLabels,
    preprocessing: run.modelPreprocessing,
    framing: run.framing,
  };
}

function reasonOf(error: unknown): string {
  return error instanceof AppError && error.code !== "INTERNAL" ? error.message : unexpected;
}

/** Resolves whatever becomes of the run, since the run's row says it; throws only when the job should be tried again. */
export async function carryOutRun(
  runId: string,
  context: RunContext,
  work: (run: HeldRun) => Promise<{ readonly state: string }>,
): Promise<void> {
  const { database, workerId, leaseSeconds, log } = context;
  if (context.stop.aborted) {
    await database.transaction(({ executor }) => context.queue.enqueue(executor, "carryOutRun", { runId }));
    return;
  }
  const run = await database.transaction((transaction) => claimRun(transaction, { runId, workerId, leaseSeconds }));
  if (run === null) return;
  const lease: Lease = { runId, leaseToken: run.leaseToken };
  const held = holdLease({ database, lease, leaseSeconds });
  context.onHeld?.(runId, held);
  const onRetry = (error: unknown, attempt: number): void => log.warn({ runId, attempt, err: error }, "storage is away, trying again");
  try {
    const outcome = await work({ run, lease, held, retry: { signal: held.lost, patienceSeconds, onRetry } });
    log.info({ runId, state: outcome.state }, "run is let go");
  } catch (error) {
    if (held.lost.aborted || (error instanceof AppError && error.code === "LEASE_LOST")) {
      log.warn({ runId }, "run belongs to somebody else now");
      return;
    }
    log.error({ runId, err: error }, "run cannot go on");
    await database
      .transaction((transaction) => failRun(transaction, lease, reasonOf(error)))
      .catch((failure: unknown) => {
        // Whoever sweeps its lease decides then.
        if (!isTransientError(failure)) log.error({ runId, err: failure }, "failure could not be written");
      });
  } finally {
    context.onHeld?.(runId, null);
    await held.release();
  }
}
