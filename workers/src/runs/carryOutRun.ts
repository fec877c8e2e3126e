/**
 * What every kind of run has in common: claimed by one worker, held by a lease while its task works, and let go. Whatever ends
 * the work, the run's row says it; a task only says how it went on.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Queue } from "@pareidolia/jobs/queue";
import type { Database } from "@pareidolia/persistence/database";
import type { ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import type { SharedStore } from "@pareidolia/persistence/objectStores/sharedStore";
import { findStoreOutage } from "@pareidolia/persistence/objectStores/storeOutage";
import { explainOutage } from "@pareidolia/persistence/outage";
import { type ClaimedRun, claimRun } from "@pareidolia/persistence/runs/claimRun";
import type { ProgressOutcome } from "@pareidolia/persistence/runs/commitProgress";
import { failRun, type Lease } from "@pareidolia/persistence/runs/lease";
import { handBackRun, pauseForOutage } from "@pareidolia/persistence/runs/outagePause";
import { isTransientError } from "@pareidolia/persistence/transientErrors";
import type { ModelToOpen, OpenClassifier } from "../classifierShelf.ts";
import { type HeldLease, holdLease } from "../heldLease.ts";
import type { RetryOptions } from "../retrying.ts";
import type { TaskLog } from "../taskLog.ts";
import { watchClassifiers } from "./watchClassifiers.ts";
import { watchStore } from "./watchStore.ts";

export interface RunContext {
  readonly database: Database;
  readonly objectStore: ObjectStore;
  /** Proves, before a run's work begins and before its first object is stored, that this is the API's store. */
  readonly sharedStore?: SharedStore;
  readonly queue: Pick<Queue, "enqueue">;
  readonly openClassifier: OpenClassifier;
  readonly workerId: string;
  readonly checkpointSeconds: number;
  readonly leaseSeconds: number;
  /** Work on a run without any progress for this long hangs, and the run goes to another worker. Default: 5 minutes. */
  readonly stallSeconds?: number | undefined;
  /** A run whose object store fails for this long is paused until the store works again. Default: 15 seconds. */
  readonly storePatienceSeconds?: number | undefined;
  /** Aborts when the worker has to stop: the run is handed back at its next step. */
  readonly stop: AbortSignal;
  readonly log: TaskLog;
  /** Called after hanging work was abandoned, which may still use the networks that it opened. */
  readonly onAbandoned?: () => void;
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

/** How long Postgres may be unavailable before the run is released. */
const patienceSeconds = 300;
const defaultStorePatience = 15;
/** Grace for work to notice that its lease is lost. */
const secondsToNotice = 5;
const unexpected = "The run stopped because of an unexpected error. Resume it to try again from its last checkpoint.";
const handedBack = "Its worker was stopped during an outage. The run continues from its last checkpoint.";

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

/** Why the run has to wait, or null when waiting would not help. */
function outageOf(error: unknown): string | null {
  const ofStore = findStoreOutage(error);
  if (ofStore !== null) return ofStore.message;
  return error instanceof AppError ? null : (explainOutage(error)?.message ?? null);
}

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

/** Writes the end of a run whose work failed. */
async function letGo(error: unknown, lease: Lease, held: HeldLease, { database, queue, stop, log }: RunContext): Promise<void> {
  const reason = outageOf(error);
  await database.transaction(async (transaction) => {
    if (reason === null) await failRun(transaction, lease, reasonOf(error));
    else if (stop.aborted && held.control === "NONE") {
      await handBackRun(transaction, { ...lease, reason: handedBack });
      await queue.enqueue(transaction.executor, "carryOutRun", { runId: lease.runId });
    } else await pauseForOutage(transaction, { ...lease, reason });
  });
  log.warn(
    { runId: lease.runId, reason: reason ?? reasonOf(error) },
    reason === null ? "run has failed" : "run was released during an outage",
  );
}

/** Resolves whatever becomes of the run, since the run's row says it; throws only when the job should be tried again. */
export async function carryOutRun<Context extends RunContext>(
  runId: string,
  context: Context,
  work: (run: HeldRun, context: Context) => Promise<{ readonly state: string }>,
): Promise<void> {
  const { database, workerId, leaseSeconds, stallSeconds, stop, log } = context;
  if (stop.aborted) {
    await database.transaction(({ executor }) => context.queue.enqueue(executor, "carryOutRun", { runId }));
    return;
  }
  const run = await database.transaction((transaction) => claimRun(transaction, { runId, workerId, leaseSeconds }));
  if (run === null) return;
  const lease: Lease = { runId, leaseToken: run.leaseToken };
  const held = holdLease({ database, lease, leaseSeconds, stallSeconds });
  context.onHeld?.(runId, held);
  const retry: RetryOptions = {
    signal: held.lost,
    patienceSeconds,
    storePatienceSeconds: context.storePatienceSeconds ?? defaultStorePatience,
    isHurried: () => held.control !== "NONE" || stop.aborted,
    onRetry(error, attempt) {
      held.progress();
      log.warn({ runId, attempt, err: error }, "storage is unavailable, trying again");
    },
  };
  const inside: Context = {
    ...context,
    objectStore: watchStore(context.objectStore, { onDone: held.progress, beforeFirstWrite: () => context.sharedStore?.checkMarker() }),
    openClassifier: watchClassifiers(context.openClassifier, held.progress),
  };
  const prove = async () => context.sharedStore?.checkMarker();
  try {
    const working = prove().then(() => work({ run, lease, held, retry }, inside));
    const outcome = await unlessAbandoned(working, held.lost, () => context.onAbandoned?.());
    log.info({ runId, state: outcome.state }, "run is let go");
  } catch (error) {
    if (held.lost.aborted || (error instanceof AppError && error.code === "LEASE_LOST")) {
      log.warn({ runId, err: held.lost.reason as unknown }, "run belongs to another worker now");
      return;
    }
    log.error({ runId, err: error }, "run cannot continue");
    await letGo(error, lease, held, context).catch((failure: unknown) => {
      // The sweep of its lease decides then.
      if (!isTransientError(failure)) log.error({ runId, err: failure }, "the end of the run could not be written");
    });
  } finally {
    context.onHeld?.(runId, null);
    await held.release();
  }
}
