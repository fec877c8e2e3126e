/**
 * One worker's hold on one run, from its claim to its last commit: opens the run's network and records the engine, saves progress,
 * notices requests to stop, and hands the run back. Every kind of run loops over it.
 */
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { RunKind } from "@pareidolia/core/runKinds/registry";
import type { Transaction } from "@pareidolia/persistence/database/database";
import { explainOutage } from "@pareidolia/persistence/database/outage";
import { findStoreOutage } from "@pareidolia/persistence/objectStores/storeOutage";
import { type ClaimedRun, claimRun } from "@pareidolia/persistence/runs/claimRun";
import { commitRun, type RunDelta, type RunOutcome } from "@pareidolia/persistence/runs/commitRun";
import { failRun, type Lease, writeManifest } from "@pareidolia/persistence/runs/lease";
import { handBackRun, pauseForOutage } from "@pareidolia/persistence/runs/outagePause";
import type { ModelToOpen } from "../classifierShelf.ts";
import { type HeldLease, holdLease } from "../heldLease.ts";
import { type RetryOptions, retrying } from "../retrying.ts";
import { extendManifest } from "./manifest.ts";
import type { RunContext } from "./runContext.ts";
import { watchClassifiers } from "./watchClassifiers.ts";
import { watchStore } from "./watchStore.ts";

/** How long Postgres may be unavailable before the run is released. */
const patienceSeconds = 300;
const defaultStorePatience = 15;
const unexpected = "The run stopped because of an unexpected error. Resume it to try again from its last checkpoint.";
const handedBack = "Its worker was stopped during an outage. The run continues from its last checkpoint.";

/** Ends work in the middle of a long step. */
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

/** Why the run has to wait, or null when waiting would not help. */
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
  /** Aborts when the lease is lost, or once `look` found a request to stop. */
  readonly signal: AbortSignal;
  readonly retry: RetryOptions;
  /** The worker's context. Answers of its store and networks count as progress of this run. */
  readonly context: RunContext;
  readonly #lease: Lease;
  readonly #held: HeldLease;
  readonly #stopRequest = new AbortController();

  private constructor(run: ClaimedRun<Kind>, context: RunContext) {
    const { database, leaseSeconds, stallSeconds, stop, log } = context;
    const { id: runId, leaseToken } = run;
    const held = holdLease({ database, lease: { runId, leaseToken }, leaseSeconds, stallSeconds });
    context.onHeld?.(runId, held);
    this.run = run;
    this.#lease = { runId, leaseToken };
    this.#held = held;
    this.lost = held.lost;
    this.signal = AbortSignal.any([held.lost, this.#stopRequest.signal]);
    this.retry = {
      signal: held.lost,
      patienceSeconds,
      storePatienceSeconds: context.storePatienceSeconds ?? defaultStorePatience,
      isHurried: () => held.control !== "NONE" || stop.aborted,
      onRetry(error, attempt) {
        held.progress();
        log.warn({ runId, attempt, err: error }, "storage is unavailable, trying again");
      },
    };
    this.context = {
      ...context,
      objectStore: watchStore(context.objectStore, {
        onDone: held.progress,
        beforeFirstWrite: () => context.sharedStore?.checkMarker(),
      }),
      openClassifier: watchClassifiers(context.openClassifier, held.progress),
    };
  }

  /** Null when the run is not queued (any more), or its kind is unknown to this version. */
  static async claim(runId: string, context: RunContext): Promise<RunSession | null> {
    const { database, workerId, leaseSeconds } = context;
    const run = await database.transaction((transaction) => claimRun(transaction, { runId, workerId, leaseSeconds }));
    return run === null ? null : new RunSession(run, context);
  }

  /** The outcome that a person or the worker's stop asks for, or null. */
  get request(): RunOutcome | null {
    if (this.#held.control === "CANCEL") return { state: "CANCELLED", reason: "Cancelled by a person." };
    if (this.#held.control === "PAUSE") return { state: "PAUSED", reason: "Paused by a person." };
    if (this.context.stop.aborted)
      return { state: "QUEUED", reason: "Its worker was stopped. The run continues from its last checkpoint." };
    return null;
  }

  /** For long steps, at points where they can stop: reports progress, and aborts `signal` if there is a request to stop. */
  look(): void {
    this.progress();
    const { request } = this;
    if (request !== null && !this.#stopRequest.signal.aborted) this.#stopRequest.abort(new StopRequest(request));
  }

  /** The request that `look` aborted `signal` for; null otherwise. */
  get stoppedFor(): RunOutcome | null {
    const reason: unknown = this.#stopRequest.signal.reason;
    return reason instanceof StopRequest ? reason.outcome : null;
  }

  /** Reports progress. `seconds` announces a step that may take longer than usual. */
  progress(seconds?: number): void {
    this.#held.progress(seconds);
  }

  /** Repeats an idempotent step while the database or the store is unavailable. */
  retrying<T>(step: () => Promise<T>): Promise<T> {
    return retrying(step, this.retry);
  }

  /** Opens a network, by default the run's own, and adds its engine to the run's manifest. */
  async openClassifier(model: ModelToOpen = ownModelOf(this.run)): Promise<DifferentiableClassifier> {
    const { run } = this;
    const classifier = await this.context.openClassifier(model);
    await this.retrying(() => writeManifest(this.context.database.connection, this.#lease, extendManifest(run, classifier)));
    return classifier;
  }

  /** Commits `delta`. A run that its worker hands back is queued again in the same transaction. @throws AppError LEASE_LOST. */
  async save(delta: RunDelta): Promise<void> {
    const { database, leaseSeconds } = this.context;
    const commit = () =>
      database.transaction(async (transaction) => {
        await commitRun(transaction, { ...this.#lease, leaseSeconds, delta });
        if (delta.outcome?.state === "QUEUED") await this.#enqueue(transaction);
      });
    await this.retrying(commit);
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
