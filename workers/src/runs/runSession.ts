/**
 * One worker's hold on one run, from its claim to its last commit: opens the run's network and records the engine, saves progress,
 * notices requests to stop, and hands the run back. Every kind of run loops over it.
 */
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { type RunKind, runKinds } from "@pareidolia/core/runKinds/registry";
import { type ClaimedRun, claimRun } from "@pareidolia/persistence/lab/runs/claimRun";
import { commitRun, outcomeOfRequest, type RunDelta, type RunOutcome } from "@pareidolia/persistence/lab/runs/commitRun";
import { failRun, type Lease, writeManifest } from "@pareidolia/persistence/lab/runs/lease";
import { takeNextRun, waitsForWorker } from "@pareidolia/persistence/lab/runs/nextRun";
import { handBackRun, pauseForOutage } from "@pareidolia/persistence/lab/runs/outagePause";
import { pauseSpentSweep } from "@pareidolia/persistence/lab/sweeps/controlSweep";
import { reachRung } from "@pareidolia/persistence/lab/sweeps/reachRung";
import type { Transaction } from "@pareidolia/persistence/server/database/database";
import { explainOutage } from "@pareidolia/persistence/server/database/outage";
import { findStoreOutage } from "@pareidolia/persistence/server/objectStores/storeOutage";
import type { ModelToOpen } from "../classifierShelf.ts";
import { type HeldLease, holdLease } from "../heldLease.ts";
import { type RetryOptions, withRetries } from "../withRetries.ts";
import { extendManifest } from "./manifest.ts";
import type { RunContext } from "./runContext.ts";
import { watchClassifiers } from "./watchClassifiers.ts";
import { watchStore } from "./watchStore.ts";

/** How long Postgres may be unavailable before the run is released. */
const timeoutSeconds = 300;
const defaultStoreTimeoutSeconds = 15;
/** Until a worker looks again whether the run's workspace is below its limit of runs. */
const secondsAtRunLimit = 3;
const unexpected = "The run stopped because of an unexpected error. Resume it to try again from its last checkpoint.";
const workerStopped: RunOutcome = { state: "QUEUED", reason: "Its worker was stopped. The run continues from its last checkpoint." };
const handedBack = "Its worker was stopped during an outage. The run continues from its last checkpoint.";

/** The reason with which `signal` aborts a long step. */
class StopRequest extends Error {
  readonly outcome: RunOutcome;
  constructor(outcome: RunOutcome) {
    super(outcome.reason);
    this.outcome = outcome;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof AppError && error.code !== "INTERNAL" ? error.message : unexpected;
}

/** The message of the outage that caused the error; null for other errors, which a retry would not fix. */
function outageOf(error: unknown): string | null {
  const ofStore = findStoreOutage(error);
  if (ofStore !== null) return ofStore.message;
  return error instanceof AppError ? null : (explainOutage(error)?.message ?? null);
}

function ownModelOf(run: ClaimedRun): ModelToOpen {
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

export class RunSession<Kind extends RunKind = RunKind> {
  readonly run: ClaimedRun<Kind>;
  /** Aborts when the lease is lost, with LEASE_LOST as its reason. */
  readonly lost: AbortSignal;
  /** Aborts when the lease is lost, or when `checkForStop` finds a request to stop. */
  readonly signal: AbortSignal;
  readonly retry: RetryOptions;
  /** The worker's context. Responses of its store and networks count as progress of this run. */
  readonly context: RunContext;
  readonly #lease: Lease;
  readonly #held: HeldLease;
  readonly #stopController = new AbortController();
  #outcome: RunOutcome | null = null;

  private constructor(run: ClaimedRun<Kind>, context: RunContext) {
    const { database, leaseSeconds, stallSeconds, stop, log } = context;
    const { id: runId, leaseToken } = run;
    const held = holdLease({ database, lease: { runId, leaseToken }, leaseSeconds, stallSeconds });
    context.onHeld?.(runId, held);
    this.run = run;
    this.#lease = { runId, leaseToken };
    this.#held = held;
    this.lost = held.lost;
    this.signal = AbortSignal.any([held.lost, this.#stopController.signal]);
    this.retry = {
      signal: held.lost,
      timeoutSeconds,
      storeTimeoutSeconds: context.storeTimeoutSeconds ?? defaultStoreTimeoutSeconds,
      isStopRequested: () => held.control !== "NONE" || stop.aborted,
      onRetry(error, attempt) {
        held.reportProgress();
        log.warn({ runId, attempt, err: error }, "storage is unavailable, trying again");
      },
    };
    this.context = {
      ...context,
      objectStore: watchStore(context.objectStore, {
        onDone: held.reportProgress,
        beforeFirstWrite: () => context.sharedStore?.checkMarker(),
      }),
      openClassifier: watchClassifiers(context.openClassifier, held.reportProgress),
    };
  }

  /**
   * Claims the run whose turn it is, which may be another than the job's; the job's run gets a new job then. Null if no run waits that this
   * version can compute, or if the workspaces of all waiting runs are at their limit of runs.
   */
  static async claim(runId: string, context: RunContext): Promise<RunSession | null> {
    const { database, queue, workerId, leaseSeconds } = context;
    const job = { runId, kinds: runKinds.map(({ id }) => id) };
    const run = await database.transaction(async (transaction) => {
      const next = await takeNextRun(transaction, job);
      if (next !== runId && (await waitsForWorker(transaction, job))) {
        const delaySeconds = next === null ? secondsAtRunLimit : 0;
        await queue.enqueue(transaction.executor, "carryOutRun", { runId }, { delaySeconds });
      }
      return next === null ? null : claimRun(transaction, { runId: next, workerId, leaseSeconds });
    });
    return run === null ? null : new RunSession(run, context);
  }

  /** The outcome that a user or the stopping worker has requested; null without a request. */
  get requestedOutcome(): RunOutcome | null {
    const requested = outcomeOfRequest(this.#held.control, this.run.sweepId);
    return requested ?? (this.context.stop.aborted ? workerStopped : null);
  }

  /** The outcome with which the worker has left the run, which may be a request that arrived during the last save; null before. */
  get outcome(): RunOutcome | null {
    return this.#outcome;
  }

  /** Called by long steps where they can stop: reports progress, and aborts `signal` if there is a request to stop. */
  checkForStop(): void {
    this.reportProgress();
    const { requestedOutcome } = this;
    if (requestedOutcome !== null && !this.#stopController.signal.aborted) this.#stopController.abort(new StopRequest(requestedOutcome));
  }

  /** The requested outcome with which `checkForStop` aborted `signal`; null if it has not. */
  get stopOutcome(): RunOutcome | null {
    const reason: unknown = this.#stopController.signal.reason;
    return reason instanceof StopRequest ? reason.outcome : null;
  }

  /** Resets the stall timeout. `seconds` extends it for a step that may take longer than usual. */
  reportProgress(seconds?: number): void {
    this.#held.reportProgress(seconds);
  }

  /** Retries an idempotent step while the database or the store is unavailable. */
  withRetries<T>(step: () => Promise<T>): Promise<T> {
    return withRetries(step, this.retry);
  }

  /** Opens a network (by default the run's own) and adds its engine to the run's manifest. */
  async openClassifier(model: ModelToOpen = ownModelOf(this.run)): Promise<DifferentiableClassifier> {
    const { run } = this;
    const classifier = await this.context.openClassifier(model);
    await this.withRetries(() => writeManifest(this.context.database.connection, this.#lease, extendManifest(run, classifier)));
    return classifier;
  }

  /**
   * Commits `delta`. In the same transaction, a run that the worker hands back is queued again, or waits at its rung. Then pauses the run's
   * sweep if a budget of it is spent. @throws AppError LEASE_LOST.
   */
  async save(delta: RunDelta): Promise<void> {
    const { database, leaseSeconds } = this.context;
    const commit = () =>
      database.transaction(async (transaction) => {
        const outcome = await commitRun(transaction, { ...this.#lease, leaseSeconds, delta });
        if (outcome?.state !== "QUEUED") return outcome;
        const { rung } = outcome;
        if (rung === undefined) await this.#enqueue(transaction);
        else await reachRung(transaction.connection, { runId: this.run.id, rung });
        return outcome;
      });
    this.#outcome = await this.withRetries(commit);
    const { sweepId } = this.run;
    if (sweepId !== null) await this.withRetries(() => pauseSpentSweep(database, sweepId));
  }

  /** Ends a run whose work failed: FAILED, or PAUSED or QUEUED during an outage. */
  async fail(error: unknown): Promise<void> {
    const { database, stop, log } = this.context;
    const { runId } = this.#lease;
    const outage = outageOf(error);
    await database.transaction(async (transaction) => {
      if (outage === null) await failRun(transaction, this.#lease, reasonOf(error));
      else if (stop.aborted && this.#held.control === "NONE") {
        await handBackRun(transaction, { ...this.#lease, reason: handedBack });
        await this.#enqueue(transaction);
      } else await pauseForOutage(transaction, { ...this.#lease, reason: outage });
    });
    log.warn({ runId, reason: outage ?? reasonOf(error) }, outage === null ? "run has failed" : "run was released during an outage");
  }

  async release(): Promise<void> {
    this.context.onHeld?.(this.run.id, null);
    await this.#held.release();
  }

  async #enqueue({ executor }: Transaction): Promise<void> {
    await this.context.queue.enqueue(executor, "carryOutRun", { runId: this.run.id });
  }
}
